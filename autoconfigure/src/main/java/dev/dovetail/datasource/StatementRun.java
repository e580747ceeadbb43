package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement object's executions, one after another: begins each, limits its time, and reports it once when it has
 * ended. What the plain, the prepared and the callable statement have in common.
 */
final class StatementRun {

    private static final int UNKNOWN = -1;

    private final ListeningConnection connection;
    private final @Nullable Statement statement;
    private final StatementTime time;
    private String sql = "";
    private StatementKind kind = StatementKind.WRITE;
    private int batchSize = 1;
    private long transactionId;
    private long started;
    private @Nullable String operation;
    private long executionNanos;
    private @Nullable Statement awaitsResult;
    private boolean reported;
    private boolean closed;
    private @Nullable ListeningResultSet result;
    private @Nullable TableChanges changes;

    /** @param statement the driver's; null if it is executed by other means */
    StatementRun(ListeningConnection connection, @Nullable Statement statement) {
        this.connection = connection;
        this.statement = statement;
        this.time = new StatementTime(connection);
    }

    ListeningConnection connection() {
        return connection;
    }

    StatementTime time() {
        return time;
    }

    /** Before the statement, or a batch of several, is executed. What it throws has been reported. */
    void begin(List<String> texts, StatementKind kind, int batchSize) throws SQLException {
        requireOpen();
        end();
        start(texts.get(0), batchSize);
        this.kind = kind;
        try {
            time.start();
            changes = connection.transaction().begin(kind, texts, statement);
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
        this.operation = OperationContext.current();
        this.started = System.nanoTime();
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
        time.end();
        executionNanos = System.nanoTime() - started;
        connection.transaction().succeeded(kind);
        report(rows, false, null);
    }

    /** After a query: its result, which reports the statement when it ends. */
    ResultSet opened(ResultSet opened, Statement statement) throws SQLException {
        if (time.end()) {
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
        connection.transaction().changes().snapshot().resultOpened();
        if (kind == StatementKind.WRITE) {
            connection.opened(listening);
        }
        return listening;
    }

    /** After an execution that may have been either. */
    void executed(boolean hasResult, Statement statement) throws SQLException {
        if (hasResult) {
            time.end();
            executionNanos = System.nanoTime() - started;
            connection.transaction().succeeded(kind);
            awaitsResult = statement;
            connection.transaction().changes().snapshot().resultOpened();
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
        // A driver may give the same one again.
        if (awaitsResult != null) {
            endAwaited();
        }
        return listening(opened, statement);
    }

    private void endAwaited() {
        awaitsResult = null;
        connection.transaction().changes().snapshot().resultEnded();
    }

    /** After a failure: the error as it is let out. */
    SQLException failed(SQLException error) {
        boolean timedOut = false;
        try {
            timedOut = time.end();
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
        executionNanos = System.nanoTime() - started;
        SQLException failure = time.explained(connection.transaction().failed(error, kind, sql), timedOut);
        report(UNKNOWN, false, failure);
        return failure;
    }

    /** After a failure while the result was read. */
    SQLException failedReading(ListeningResultSet reading, SQLException error, boolean timedOut) {
        SQLException failure = time.explained(connection.transaction().failed(error, kind, sql), timedOut);
        finish(reading, failure);
        return failure;
    }

    // The interrupt stays with the connection as long as a result is open, and would hit whatever comes next.
    private SQLException stoppedLate() {
        executionNanos = System.nanoTime() - started;
        SQLException failure = time.explained(connection.transaction().failed(StatementBudget.interrupted()), true);
        report(UNKNOWN, false, failure);
        return failure;
    }

    /** Stops the statement from another thread. */
    void cancel(Statement delegate) throws SQLException {
        requireOpen();
        time.cancel(delegate);
    }

    /** Whether this is the result that is being read: not closed, nor left behind by another execution. */
    boolean isReading(ListeningResultSet reading) {
        return result == reading;
    }

    /** When a result has been read to its end, closed, or has failed. */
    void finish(ListeningResultSet ended, @Nullable SQLException failure) {
        if (result == ended) {
            result = null;
            connection.transaction().changes().snapshot().resultEnded();
            if (kind == StatementKind.WRITE) {
                connection.ended(ended);
            }
            report(ended.rows(), true, failure);
        }
    }

    /** When a result has no more rows; SQLite's statement has, where its user wanted no more, and goes on reading. */
    void exhausted(ListeningResultSet reading) throws SQLException {
        if (connection.commitsBehindResults() && reading.getStatement().getLargeMaxRows() > 0) {
            close(reading);
        } else {
            finish(reading, null);
        }
    }

    /** When a result is closed by its user. */
    void close(ListeningResultSet reading) throws SQLException {
        try {
            reading.closeDelegate();
        } catch (SQLException e) {
            throw result == reading ? failedReading(reading, e, false) : e;
        }
        finish(reading, null);
    }

    /** When the statement is executed again or asked for its next result: whatever of it is still open has ended. */
    void end() {
        ListeningResultSet open = result;
        Statement awaiting = awaitsResult;
        if (open != null) {
            finish(open, endBehind(open::closeDelegate));
        } else if (awaiting != null) {
            SQLException failure = endBehind(() -> closeResult(awaiting));
            endAwaited();
            report(UNKNOWN, true, failure);
        } else if (changes != null) {
            report(UNKNOWN, false, null);
        }
    }

    private static void closeResult(Statement statement) throws SQLException {
        ResultSet opened = statement.getResultSet();
        if (opened != null) {
            opened.close();
        }
    }

    // SQLite commits a change that has a result when that ends, and whoever is told before reads the time before it. As
    // long as any is open, what comes next is compiled against the schema of back then.
    private @Nullable SQLException endBehind(SqlAction closing) {
        if (connection.commitsBehindResults()) {
            try {
                closing.run();
            } catch (SQLException e) {
                return connection.transaction().failed(e, kind, sql);
            }
        }
        return null;
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
                            error,
                            operation));
        }
    }
}
