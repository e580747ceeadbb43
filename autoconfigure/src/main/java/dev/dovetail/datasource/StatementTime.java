package dev.dovetail.datasource;

import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the executions of one statement object may take, where the engine does not stop them itself. */
final class StatementTime {

    private final ListeningConnection connection;
    private final StatementBudget budget = new StatementBudget();
    private final @Nullable ExecutionGuard guard;
    private int timeoutSeconds;
    private boolean waitsLess;

    StatementTime(ListeningConnection connection) {
        this.connection = connection;
        this.guard = connection.guard();
    }

    void limitTo(int seconds) {
        timeoutSeconds = seconds;
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Before an execution. */
    void start() throws SQLException {
        if (guard != null) {
            long limit = (guard.isUnlimited()
                            ? Duration.ofSeconds(timeoutSeconds)
                            : connection.services().limitOf(timeoutSeconds))
                    .toNanos();
            budget.start(limit);
            waitsLess = connection.limitWaiting(TimeUnit.NANOSECONDS.toMillis(limit));
            guard.enter(budget);
        }
    }

    /** After an execution: whether its time was up. */
    boolean end() throws SQLException {
        boolean timedOut = guard != null && guard.leave();
        if (waitsLess) {
            connection.limitWaiting(0);
        }
        return timedOut;
    }

    /** Before a row is read. */
    void enter() {
        if (guard != null) {
            guard.enter(budget);
        }
    }

    /** After a row was read: whether the time was up. */
    boolean leave() {
        return guard != null && guard.leave();
    }

    /** Stops the statement from another thread, if it is inside the engine now; not whatever runs there after it. */
    void cancel(Statement delegate) throws SQLException {
        if (guard == null) {
            delegate.cancel();
        } else {
            guard.cancel(budget);
        }
    }

    /** The error as it is let out. */
    SQLException explained(SQLException error, boolean timedOut) {
        boolean waitedTooLong =
                waitsLess && connection.services().engine().classify(error).code() == ErrorCode.LOCK_TIMEOUT;
        return timedOut || waitedTooLong ? budget.exceeded(error) : error;
    }
}
