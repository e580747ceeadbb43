package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up what a program waits for when others do not let go of their locks: {@code pg_restore} itself sets {@code lock_timeout} to
 * 0, whatever it is told, and the application waits for it.
 */
final class LockWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LockWatch.class);

    private static final String GIVE_UP = """
            SELECT coalesce((SELECT string_agg(format('%s of %s', blocking.pid,
                        coalesce(nullif(holder.application_name, ''), holder.usename, 'a prepared transaction')), ', ')
                    FROM unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
                    LEFT JOIN pg_stat_activity holder ON holder.pid = blocking.pid), 'one that has ended'),
                pg_cancel_backend(waiting.pid)
            FROM pg_stat_activity waiting
            WHERE waiting.application_name = ? AND waiting.usename = current_user
                AND waiting.datname = current_database() AND waiting.wait_event_type = 'Lock'
                AND waiting.query_start < clock_timestamp() - interval '30 seconds'""";
    private static final long BETWEEN_LOOKS_SECONDS = 1;

    private final Connection connection;
    private final String application;
    private final ScheduledExecutorService looks;
    private volatile @Nullable String holders;

    /**
     * Begins to watch.
     *
     * @param connection which nobody else uses meanwhile
     * @param application by which the program's session is known
     */
    LockWatch(Connection connection, String application) {
        this.connection = connection;
        this.application = application;
        this.looks = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "dovetail-lock-watch");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = looks.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS_SECONDS, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            String found = ServerQuery.text(connection, GIVE_UP, application);
            holders = found == null ? holders : found;
        } catch (SQLException e) {
            log.debug("Nobody looks whether a restore waits for locks", e);
        }
    }

    /** The sessions because of which it was given up; null if it was not. */
    @Nullable
    String holders() {
        return holders;
    }

    @Override
    public void close() {
        looks.shutdown();
        try {
            if (!looks.awaitTermination(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS)) {
                log.debug("The last look for locks is not answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
