package dev.dovetail.engine.sqlite;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets others write between two pieces of work: whoever waits for SQLite's lock asks again every few milliseconds only, and would
 * not get it from somebody who takes it back at once. A pause is as long as the piece before it.
 */
final class Turns {

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final BooleanSupplier goesOn;
    private long began = System.nanoTime();

    Turns(BooleanSupplier goesOn) {
        this.goesOn = goesOn;
    }

    /** After a piece of work; false if there is to be no other one. */
    boolean next() {
        long worked = System.nanoTime() - began;
        LockSupport.parkNanos(this, Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, worked)));
        began = System.nanoTime();
        return !Thread.currentThread().isInterrupted() && goesOn.getAsBoolean();
    }
}
