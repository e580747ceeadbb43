package dev.dovetail.coordination;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own: at intervals, and at once when it is woken. What it throws is logged; the
 * next round comes all the same. Safe for use by several threads.
 */
public final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration interval;
    private final Runnable round;
    private final Semaphore wishes = new Semaphore(0);
    private @Nullable Thread thread;
    // Of its own thread only.
    private boolean failing;

    public Rounds(String name, Duration interval, Runnable round) {
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

    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** Asks for a round now. */
    public void wake() {
        wishes.release();
    }

    /** Ends it, and waits for the round that is being done for as long as this. */
    public void stop(Duration patience) {
        Thread ending;
        synchronized (this) {
            ending = thread;
            thread = null;
        }
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(patience.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                once();
                if (wishes.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                    wishes.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // A database that is away for an hour is no reason for an hour of stack traces.
    private void once() {
        try {
            round.run();
            if (failing) {
                log.info("{}: rounds succeed again", name);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (failing) {
                log.debug("{}: another round failed", name, e);
            } else {
                log.warn(
                        "{}: a round failed; the next one comes in {} ms at the latest, and only its success is logged",
                        name,
                        interval.toMillis(),
                        e);
            }
            failing = true;
        }
    }
}
