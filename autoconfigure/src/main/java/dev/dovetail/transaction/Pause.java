package dev.dovetail.transaction;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time as those see it who wait before they try again; tests have one of their own. */
public interface Pause {

    /** The real one. */
    Pause REAL = new Pause() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        @SuppressWarnings("ResultOfMethodCallIgnored")
        public void of(Duration duration) throws InterruptedException {
            // Nobody ever counts it down: it is a wait that an interrupt ends.
            new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
    };

    /** Nanoseconds since some moment. */
    long nanoTime();

    /** Waits. */
    void of(Duration duration) throws InterruptedException;
}
