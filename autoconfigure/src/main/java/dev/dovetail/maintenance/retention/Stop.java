package dev.dovetail.maintenance.retention;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of all sweeps: those that run are told, and their statements are stopped. Safe for use by several threads. */
final class Stop {

    private static final Logger log = LoggerFactory.getLogger(Stop.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private final Phaser sweeps = new Phaser(1);

    /** What is done by a statement. */
    interface Execution<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    void begin() {
        sweeps.register();
    }

    void end() {
        sweeps.arriveAndDeregister();
    }

    /** Whether whoever sweeps is to stop; an interrupt stays for those above to see. */
    boolean isRequested() {
        return requested.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    void pause(Duration length) {
        try {
            if (!length.isZero() && requested.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
                log.debug("A sweep stops because the application ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    <T extends @Nullable Object> T running(Statement statement, Execution<T> execution) throws SQLException {
        running.add(statement);
        try {
            // Whoever asked before this one was known could not stop it.
            if (requested.getCount() == 0) {
                throw new SQLException("The application is ending", "57014");
            }
            return execution.run();
        } finally {
            running.remove(statement);
        }
    }

    /** Asks all to stop, and waits for them, but not for longer than this. */
    void request(Duration patience) {
        if (requested.getCount() == 0) {
            return;
        }
        requested.countDown();
        running.forEach(Stop::cancel);
        int phase = sweeps.arriveAndDeregister();
        try {
            int unused = sweeps.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
            log.trace("Sweeps have ended, phase {}", unused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            log.warn("A sweep did not end within {} ms; its last transaction is rolled back", patience.toMillis());
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            log.debug("A statement of a sweep could not be stopped", e);
        }
    }
}
