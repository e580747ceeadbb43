package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One statement object's executions, one after another: begins each, limits its time, and reports it once when it has
 * ended. What the plain, the prepared and the callable statement have in common.
 */
final class StatementRun {

    private static final int UNKNOWN = -1;

    private final ListeningConnection connection;
    private final StatementBudget budget = new StatementBudget();
    private final @Nullable ExecutionGuard guard;
    private int timeoutSeconds;
    private String sql = "";
    private StatementKind kind = StatementKind.WRITE;
    private int batchSize = 1;
    private long started;
    private long executionNanos;
    private boolean awaitsResult;
    private @Nullable ListeningResultSet result;

    StatementRun(ListeningConnection connection) {
        this.connection = connection;
        this.guard = connection.guard();
    }

    void limitTo(int seconds) {
        timeoutSeconds = seconds;
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Before the statement is executed. What it throws has been reported. */
    void begin(String sql, StatementKind kind, int batchSize) throws SQLException {
        end();
        this.sql = sql;
        this.kind = kind;
        this.batchSize = batchSize;
        started = System.nanoTime();
        if (guard != null) {
            budget.start(TimeUnit.SECONDS.toNanos(connection.services().withinLimit(timeoutSeconds)));
            limitWaiting(timeoutSeconds * 1000L);
        }
        enter();
        try {
            connection.beforeExecution(kind);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** After an update. */
    void updated(long rows) throws SQLException {
        leave();
        executionNanos = System.nanoTime() - started;
        connection.afterExecution(kind);
        report(rows, false, null);
    }

    /** After a query: its result, which reports the statement when it ends. */
    ResultSet opened(ResultSet opened, Statement statement) throws SQLException {
        leave();
        executionNanos = System.nanoTime() - started;
        ListeningResultSet listening = new ListeningResultSet(opened, statement, this);
        result = listening;
        return listening;
    }

    /** After an execution that may have been either. */
    void executed(boolean hasResult, Statement statement) throws SQLException {
        if (hasResult) {
            leave();
            executionNanos = System.nanoTime() - started;
            awaitsResult = true;
        } else {
            updated(statement.getUpdateCount());
        }
    }

    /** The result of an execution that may have been either, asked for by its caller. */
    @Nullable
    ResultSet resultOf(Statement delegate, Statement statement) throws SQLException {
        ListeningResultSet known = result;
        if (known != null) {
            return known;
        }
        ResultSet opened = delegate.getResultSet();
        if (opened == null) {
            return null;
        }
        awaitsResult = false;
        ListeningResultSet listening = new ListeningResultSet(opened, statement, this);
        result = listening;
        return listening;
    }

    /** After a failure: the error as it is let out. */
    SQLException failed(SQLException error) throws SQLException {
        boolean timedOut = leave();
        executionNanos = System.nanoTime() - started;
        SQLException failure = explained(connection.failed(error), timedOut);
        report(UNKNOWN, false, failure);
        return failure;
    }

    /** After a failure while the result was read. */
    SQLException failedReading(ListeningResultSet reading, SQLException error, boolean timedOut) {
        SQLException failure = explained(connection.failed(error), timedOut);
        finish(reading, failure);
        return failure;
    }

    /** When a result has been read to its end, closed, or has failed. */
    void finish(ListeningResultSet ended, @Nullable SQLException failure) {
        if (result == ended) {
            result = null;
            report(ended.rows(), true, failure);
        }
    }

    /** When the statement is closed or executed again: whatever of it is still open has ended. */
    void end() {
        ListeningResultSet open = result;
        if (open != null) {
            finish(open, null);
        } else if (awaitsResult) {
            awaitsResult = false;
            report(UNKNOWN, true, null);
        }
    }

    void enter() {
        if (guard != null) {
            guard.enter(budget);
        }
    }

    /** Returns whether the time of the statement was up. */
    boolean leaveReading() {
        return guard != null && guard.leave();
    }

    private boolean leave() throws SQLException {
        if (guard == null) {
            return false;
        }
        boolean timedOut = guard.leave();
        limitWaiting(0);
        return timedOut;
    }

    private void limitWaiting(long millis) throws SQLException {
        if (timeoutSeconds > 0) {
            connection.limitWaiting(millis);
        }
    }

    private SQLException explained(SQLException error, boolean timedOut) {
        boolean waitedTooLong = guard != null
                && timeoutSeconds > 0
                && connection.services().engine().classify(error).code() == ErrorCode.LOCK_TIMEOUT;
        if (!timedOut && !waitedTooLong) {
            return error;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(budget.limitNanos());
        return new DescribedSqlException(
                "The statement was stopped because it ran longer than " + seconds
                        + " s, which is its own limit or dovetail.query-timeout.",
                DatabaseError.of(ErrorCode.QUERY_TIMEOUT, "57014"),
                error);
    }

    private void report(long rows, boolean query, @Nullable SQLException error) {
        connection
                .services()
                .listener()
                .onStatement(new StatementEvent(
                        sql,
                        connection.services().role(),
                        connection.transactionId(),
                        batchSize,
                        executionNanos,
                        System.nanoTime() - started,
                        rows,
                        query,
                        error));
    }
}
