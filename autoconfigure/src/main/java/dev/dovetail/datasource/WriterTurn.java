package dev.dovetail.datasource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is to take the only connection of a pool. Safe for use by several threads.
 *
 * <p>A pool hands a connection that comes back to whoever waits, who has to wake up first: work of 50 µs is then followed by a
 * change of threads that takes as long, and the waiting cost two fifths of the processor's time in a load of 16 threads. Whoever
 * comes by while it is free may therefore go before those who sleep, as in most locks; but once in {@value #PATIENCE_MILLIS} ms
 * it is for the one who has slept for the longest. So nobody is passed over for long, and where work takes longer than that,
 * all have it in the order in which they came.
 */
final class WriterTurn {

    private static final long PATIENCE_MILLIS = 1;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

    // Those who wait get it in their order; only tryAcquire() without a time goes before them.
    private final Semaphore free = new Semaphore(1, true);
    private volatile long slept = System.nanoTime();

    /**
     * Takes the connection of this pool, which {@link #leave()} follows, or fails as the pool does if that takes longer than
     * its timeout. Only one that has to be opened anew is waited for twice: for the turn, and for the opening.
     */
    Connection takeFrom(HikariDataSource pool) throws SQLException {
        await(pool);
        boolean taken = false;
        try {
            Connection connection = pool.getConnection();
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                leave();
            }
        }
    }

    private void await(HikariDataSource pool) throws SQLException {
        if (mayGoBefore() && free.tryAcquire()) {
            return;
        }
        long millis = pool.getConnectionTimeout();
        try {
            if (!free.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw timeout(pool, millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(pool.getPoolName() + " - Interrupted during connection acquisition", e);
        }
        slept = System.nanoTime();
    }

    // As HikariCP says it.
    private SQLTransientConnectionException timeout(HikariDataSource pool, long millis) {
        HikariPoolMXBean numbers = pool.getHikariPoolMXBean();
        return new SQLTransientConnectionException(
                "%s - Connection is not available, request timed out after %dms (total=%d, active=%d, idle=%d, waiting=%d)"
                        .formatted(
                                pool.getPoolName(),
                                millis,
                                numbers.getTotalConnections(),
                                numbers.getActiveConnections(),
                                numbers.getIdleConnections(),
                                waiting()));
    }

    private boolean mayGoBefore() {
        return !free.hasQueuedThreads() || System.nanoTime() - slept < PATIENCE_NANOS;
    }

    /** Leaves it to the next; called once by who has taken it. */
    void leave() {
        free.release();
    }

    /** How many wait for it, about. */
    int waiting() {
        return free.getQueueLength();
    }
}
