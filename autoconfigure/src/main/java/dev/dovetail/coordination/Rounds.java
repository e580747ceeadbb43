package dev.dovetail.coordination;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own: at intervals, and at once when it is woken. Whatever it throws is logged;
 * the next round comes all the same. Only {@link #stop} ends it, no interrupt. Safe for use by several threads.
 */
public final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    /** What is done; used by one thread. */
    @FunctionalInterface
    public interface Round {

        /**
         * Does it once.
         *
         * @param goesOn false as soon as the rounds are to end; whatever takes long asks in between
         */
        void run(BooleanSupplier goesOn);

        /** Called after the last round. */
        default void end() {}
    }

    private final String name;
    private final Duration interval;
    private final Round round;
    private final Semaphore wishes = new Semaphore(0);
    private volatile @Nullable Thread thread;
    // Of its own thread only.
    private boolean failing;

    public Rounds(String name, Duration interval, Round round) {
        this.name = name;
        this.interval = interval;
        this.round = round;
    }

    /** Begins, unless it has. */
    public synchronized void start() {
        if (thread == null) {
            Thread started = new Thread(this::run, name);
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    /** Asks for a round now. */
    public void wake() {
        wishes.release();
    }

    /** Ends it: lets the round that is being done come to its end for as long as this, then interrupts it. */
    public void stop(Duration patience) {
        Thread ending;
        synchronized (this) {
            ending = thread;
            thread = null;
        }
        // A round may itself end the application that it is done in.
        if (ending == null || ending == Thread.currentThread()) {
            return;
        }
        wake();
        if (!hasEnded(ending, patience)) {
            ending.interrupt();
            hasEnded(ending, patience);
        }
    }

    private static boolean hasEnded(Thread ending, Duration patience) {
        try {
            ending.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !ending.isAlive();
    }

    private void run() {
        BooleanSupplier goesOn = () -> thread == Thread.currentThread();
        while (goesOn.getAsBoolean()) {
            guarded(() -> round.run(goesOn));
            if (goesOn.getAsBoolean()) {
                rest();
            }
        }
        guarded(round::end);
    }

    // An interrupt is meant for the round that it met, whose business it is, or for a round that was over by then.
    private void rest() {
        try {
            if (wishes.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                wishes.drainPermits();
            }
        } catch (InterruptedException e) {
            log.debug("{}: interrupted between two rounds", name);
        }
    }

    private void guarded(Runnable part) {
        try {
            part.run();
            if (failing) {
                log.info("{}: rounds succeed again", name);
            }
            failing = false;
        } catch (Throwable e) {
            failed(e);
        } finally {
            Thread.interrupted();
        }
    }

    // A database that is away for an hour is no reason for an hour of stack traces.
    private void failed(Throwable failure) {
        if (failure instanceof Error) {
            log.error(
                    "{}: a round failed; the next one comes in {} ms at the latest",
                    name,
                    interval.toMillis(),
                    failure);
        } else if (failing) {
            log.debug("{}: another round failed", name, failure);
        } else {
            log.warn(
                    "{}: a round failed; the next one comes in {} ms at the latest, and only its success is logged",
                    name,
                    interval.toMillis(),
                    failure);
        }
        failing = true;
    }
}
