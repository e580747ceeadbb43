package dev.dovetail.cache.coherence;

import dev.dovetail.coordination.Rounds;
import dev.dovetail.datasource.TableVersions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other instances change, on a connection of its own. Nothing is current before it does, and from the moment on at
 * which the connection is found to be lost until there is another one.
 */
final class Hearing implements Rounds.Round {

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);

    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LONGEST_DELAY_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 6;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TableVersions versions;
    private final Wires wires;
    private final Connecting connecting;
    private final CountDownLatch firstHeard = new CountDownLatch(1);
    private volatile boolean heard;
    // Of its own thread.
    private boolean lost;
    private int failures;

    /** Nothing is current from now on, until somebody is heard. */
    Hearing(TableVersions versions, Wires wires, Connecting connecting) {
        this.versions = versions;
        this.wires = wires;
        this.connecting = connecting;
        versions.suspend();
    }

    /** Whether others are heard at the moment. */
    boolean isHeard() {
        return heard;
    }

    /** Waits until others are heard for the first time, but not longer than this. */
    void awaitFirst(Duration atMost) {
        try {
            if (!firstHeard.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Changes by other instances are not heard yet: until they are, nothing is served from caches");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            try (Connection connection = connecting.impatient()) {
                hear(connection, goesOn);
            } catch (SQLException | RuntimeException e) {
                failed(e);
                pause(goesOn);
            }
        }
    }

    private void hear(Connection connection, BooleanSupplier goesOn) throws SQLException {
        Wire.Ear ear = wires.at(connection).ear();
        ear.begin(connection, connecting);
        began();
        try {
            while (goesOn.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                ear.hear(connection, versions);
                versions.settle();
            }
        } finally {
            heard = false;
            versions.suspend();
        }
    }

    private void began() {
        failures = 0;
        heard = true;
        versions.resume();
        firstHeard.countDown();
        if (lost) {
            lost = false;
            log.info("Changes by other instances are heard again, and what was cached before is read anew");
        }
    }

    private void failed(Exception failure) {
        failures++;
        if (lost) {
            log.debug("Changes by other instances are still not heard", failure);
        } else {
            lost = true;
            log.warn(
                    "Changes by other instances are not heard: until they are, nothing is served from caches. It is tried"
                            + " again and again, and only success is logged.",
                    failure);
        }
    }

    // Not all instances at the same moment.
    private void pause(BooleanSupplier goesOn) {
        long most = FIRST_DELAY_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS);
        long delay = Math.min(most, LONGEST_DELAY_MILLIS);
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(
                        delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1));
        while (goesOn.getAsBoolean() && !Thread.currentThread().isInterrupted() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(SLICE_NANOS);
            versions.settle();
        }
    }
}
