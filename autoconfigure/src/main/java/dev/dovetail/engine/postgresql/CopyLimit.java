package dev.dovetail.engine.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Stops what a connection runs when its time is up, as the driver does for statements, of which a COPY is none. */
final class CopyLimit {

    private final PGConnection connection;
    private @Nullable Runnable withdrawal;
    private boolean ended;
    private boolean stopped;

    private CopyLimit(PGConnection connection) {
        this.connection = connection;
    }

    static CopyLimit start(PGConnection connection, Duration limit) {
        CopyLimit started = new CopyLimit(connection);
        if (!limit.isZero()) {
            var timer = Clock.TIMER.schedule(started::stop, limit.toNanos(), TimeUnit.NANOSECONDS);
            started.withdrawal = () -> timer.cancel(false);
        }
        return started;
    }

    private synchronized void stop() {
        if (!ended) {
            stopped = true;
            try {
                connection.cancelQuery();
            } catch (SQLException e) {
                // The server cannot be reached: the connection itself will say so.
                stopped = false;
            }
        }
    }

    /** Whatever runs next is not stopped. Returns whether the time was up before. */
    synchronized boolean end() {
        ended = true;
        if (withdrawal != null) {
            withdrawal.run();
        }
        return stopped;
    }

    /** Made when it is first needed. */
    private static final class Clock {

        private static final ScheduledThreadPoolExecutor TIMER = timer();

        private static ScheduledThreadPoolExecutor timer() {
            ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "dovetail-copy-limit");
                thread.setDaemon(true);
                return thread;
            });
            timer.setRemoveOnCancelPolicy(true);
            timer.setKeepAliveTime(10, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
            return timer;
        }
    }
}
