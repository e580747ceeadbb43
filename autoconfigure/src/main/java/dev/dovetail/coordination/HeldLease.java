package dev.dovetail.coordination;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A right that is renewed on a thread of its own, three times as often as it must be, until it is closed. Safe for use by several
 * threads.
 */
public final class HeldLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

    private static final int RENEWALS = 3;

    private final Leases leases;
    private final Lease lease;
    private final Duration duration;
    private final Runnable meanwhile;
    private final ScheduledExecutorService beats;
    // By this process's own clock: what it was told before it was halted for an hour it must not believe.
    private volatile long renewed;
    private volatile boolean lost;

    HeldLease(Leases leases, Lease lease, Duration duration, long acquired, Runnable meanwhile) {
        this.leases = leases;
        this.lease = lease;
        this.duration = duration;
        this.meanwhile = meanwhile;
        this.renewed = acquired;
        this.beats = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "dovetail-lease-" + lease.name());
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(1, duration.toMillis() / RENEWALS);
        Future<?> unused = beats.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Whether nobody else can have it. */
    public boolean isHeld() {
        return !lost && System.nanoTime() - renewed < duration.toNanos();
    }

    /** Renews it now, and says whether nobody else can have it. */
    public boolean renew() {
        beat();
        return isHeld();
    }

    // What leaves here ends the renewals.
    private synchronized void beat() {
        try {
            meanwhile.run();
            // Once lost it stays lost, lest who holds it sees it come and go.
            lost = !isHeld();
            if (!lost) {
                long asked = System.nanoTime();
                lost = !leases.renew(lease, duration);
                renewed = asked;
            }
        } catch (Throwable e) {
            log.warn("The right '{}' could not be renewed; another instance may take it", lease.name(), e);
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        beats.shutdown();
        leases.release(lease);
    }
}
