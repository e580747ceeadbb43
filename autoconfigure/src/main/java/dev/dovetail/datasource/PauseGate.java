package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets those pass who want a connection, or has them wait. Safe for use by several threads. */
final class PauseGate {

    private volatile boolean closed;

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    /** Waits until it is open, but not beyond this moment of {@link System#nanoTime()}. */
    void pass(long deadline) throws SQLException {
        if (closed) {
            await(deadline);
        }
    }

    private synchronized void await(long deadline) throws SQLException {
        while (closed) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw refusal(null);
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal(e);
            }
        }
    }

    private static SQLException refusal(@Nullable Throwable cause) {
        return new DescribedSqlException(
                "The database is being restored, and gives out no connections until that has ended. Try again later.",
                DatabaseError.of(ErrorCode.UNREACHABLE, "57P03"),
                cause);
    }
}
