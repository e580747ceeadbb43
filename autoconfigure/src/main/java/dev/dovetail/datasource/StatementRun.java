package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
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
    private final @Nullable Statement statement;
    private final StatementBudget budget = new StatementBudget();
    private final @Nullable ExecutionGuard guard;
    private int timeoutSeconds;
    private String sql = "";
    private StatementKind kind = StatementKind.WRITE;
    private int batchSize = 1;
    private long transactionId;
    private long started;
    private long executionNanos;
    private boolean waitsLess;
    private boolean awaitsResult;
    private boolean reported;
    private boolean closed;
    private @Nullable ListeningResultSet result;
    private @Nullable TableChanges changes;

    StatementRun(ListeningConnection connection, @Nullable Statement statement) {
        this.connection = connection;
        this.statement = statement;
        this.guard = connection.guard();
    }

    DatabaseEngine engine() {
        return connection.services().engine();
    }

    void limitTo(int seconds) {
        timeoutSeconds = seconds;
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Before the statement is executed. What it throws has been reported. */
    void begin(String sql, StatementKind kind, int batchSize) throws SQLException {
        requireOpen();
        end();
        start(sql, batchSize);
        this.kind = kind;
        try {
            limit();
            changes = connection.transaction().begin(kind, sql, statement);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            transactionId = connection.transaction().id();
        }
    }

    // The connection may serve somebody else by now.
    void requireOpen() throws SQLException {
        if (closed) {
            throw new DescribedSqlException(
                    "The statement is closed", DatabaseError.of(ErrorCode.INVALID_USAGE, "HY010"), null);
        }
    }

    private void start(String sql, int batchSize) {
        this.sql = sql;
        this.batchSize = batchSize;
        this.transactionId = connection.transaction().id();
        this.reported = false;
        this.changes = null;
        this.started = System.nanoTime();
    }

    private void limit() throws SQLException {
        if (guard != null) {
            long limit = connection.services().limitOf(timeoutSeconds).toNanos();
            budget.start(limit);
            waitsLess = connection.limitWaiting(TimeUnit.NANOSECONDS.toMillis(limit));
            guard.enter(budget);
        }
    }

    /** After a statement could not even be prepared: the error as it is let out. */
    SQLException notPrepared(String sql, SQLException error) {
        start(sql, 1);
        SQLException failure = connection.transaction().failed(error);
        report(UNKNOWN, false, failure);
        return failure;
    }

    /** After an update. */
    void updated(long rows) throws SQLException {
        leave();
        executionNanos = System.nanoTime() - started;
        connection.transaction().succeeded(kind);
        report(rows, false, null);
    }

    /** After a query: its result, which reports the statement when it ends. */
    ResultSet opened(ResultSet opened, Statement statement) throws SQLException {
        if (leave()) {
            opened.close();
            throw stoppedLate();
        }
        executionNanos = System.nanoTime() - started;
        connection.transaction().succeeded(kind);
        return listening(opened, statement);
    }

    private ListeningResultSet listening(ResultSet opened, Statement statement) {
        ListeningResultSet listening = new ListeningResultSet(opened, statement, this);
        result = listening;
        connection.transaction().changes().resultOpened();
        if (kind == StatementKind.WRITE) {
            connection.opened(listening);
        }
        return listening;
    }

    /** After an execution that may have been either. */
    void executed(boolean hasResult, Statement statement) throws SQLException {
        if (hasResult) {
            leave();
            executionNanos = System.nanoTime() - started;
            connection.transaction().succeeded(kind);
            awaitsResult = true;
            connection.transaction().changes().resultOpened();
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
        endAwaited();
        return listening(opened, statement);
    }

    private void endAwaited() {
        awaitsResult = false;
        connection.transaction().changes().resultEnded();
    }

    /** After a failure: the error as it is let out. */
    SQLException failed(SQLException error) {
        boolean timedOut = false;
        try {
            timedOut = leave();
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
        executionNanos = System.nanoTime() - started;
        SQLException failure = explained(connection.transaction().failed(error, kind, sql), timedOut);
        report(UNKNOWN, false, failure);
        return failure;
    }

    /** After a failure while the result was read. */
    SQLException failedReading(ListeningResultSet reading, SQLException error, boolean timedOut) {
        SQLException failure = explained(connection.transaction().failed(error, kind, sql), timedOut);
        finish(reading, failure);
        return failure;
    }

    /** After the time was up just when the next row had come: the result must be closed before. */
    SQLException stoppedReading(ListeningResultSet reading) {
        return failedReading(reading, StatementBudget.interrupted(), true);
    }

    // The interrupt stays with the connection as long as a result is open, and would hit whatever comes next.
    private SQLException stoppedLate() {
        executionNanos = System.nanoTime() - started;
        SQLException failure = explained(connection.transaction().failed(StatementBudget.interrupted()), true);
        report(UNKNOWN, false, failure);
        return failure;
    }

    /** Stops the statement from another thread, if it is inside the engine now; not whatever runs there after it. */
    void cancel(Statement delegate) throws SQLException {
        requireOpen();
        if (guard == null) {
            delegate.cancel();
        } else {
            guard.cancel(budget);
        }
    }

    /** Whether this is the result that is being read: not closed, nor left behind by another execution. */
    boolean isReading(ListeningResultSet reading) {
        return result == reading;
    }

    /** When a result has been read to its end, closed, or has failed. */
    void finish(ListeningResultSet ended, @Nullable SQLException failure) {
        if (result == ended) {
            result = null;
            connection.transaction().changes().resultEnded();
            if (kind == StatementKind.WRITE) {
                connection.ended(ended);
            }
            report(ended.rows(), true, failure);
        }
    }

    /** When the statement is executed again or asked for its next result: whatever of it is still open has ended. */
    void end() {
        ListeningResultSet open = result;
        if (open != null) {
            finish(open, null);
        } else if (awaitsResult) {
            endAwaited();
            report(UNKNOWN, true, null);
        }
    }

    /** When the statement is closed; returns whether it is for the first time. */
    boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        end();
        connection.statementClosed();
        return true;
    }

    boolean isClosed() {
        return closed;
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
        boolean timedOut = guard != null && guard.leave();
        if (waitsLess) {
            connection.limitWaiting(0);
        }
        return timedOut;
    }

    private SQLException explained(SQLException error, boolean timedOut) {
        boolean waitedTooLong = waitsLess && engine().classify(error).code() == ErrorCode.LOCK_TIMEOUT;
        return timedOut || waitedTooLong ? budget.exceeded(error) : error;
    }

    // A procedure may have several results; the statement was still executed once.
    private void report(long rows, boolean query, @Nullable SQLException error) {
        if (!reported) {
            reported = true;
            connection.transaction().changes().ended(changes, error);
            connection
                    .services()
                    .report(new StatementEvent(
                            sql,
                            connection.services().role(),
                            transactionId,
                            batchSize,
                            executionNanos,
                            System.nanoTime() - started,
                            rows,
                            query,
                            error));
        }
    }
}
