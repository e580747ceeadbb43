package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingPreparedStatement;
import dev.dovetail.engine.ColumnValues;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement whose executions are each reported once. */
final class ListeningPreparedStatement extends DelegatingPreparedStatement {

    private final ListeningConnection connection;
    private final PreparedStatement delegate;
    private final @Nullable Object key;
    private final List<String> texts;
    private final StatementKind kind;
    private final StatementRun run;
    private int batchSize;

    ListeningPreparedStatement(
            ListeningConnection connection,
            PreparedStatement delegate,
            @Nullable Object key,
            String sql,
            StatementKind kind) {
        this.connection = connection;
        this.delegate = delegate;
        this.key = key;
        this.texts = List.of(sql);
        this.kind = kind;
        this.run = new StatementRun(connection, delegate);
    }

    @Override
    protected PreparedStatement delegate() throws SQLException {
        run.requireOpen();
        return delegate;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        run.begin(texts, kind, 1);
        try {
            return run.opened(delegate.executeQuery(), this);
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    @Override
    public int executeUpdate() throws SQLException {
        run.begin(texts, kind, 1);
        try {
            int rows = delegate.executeUpdate();
            run.updated(rows);
            return rows;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        run.begin(texts, kind, 1);
        try {
            long rows = delegate.executeLargeUpdate();
            run.updated(rows);
            return rows;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    @Override
    public boolean execute() throws SQLException {
        run.begin(texts, kind, 1);
        try {
            boolean hasResult = delegate.execute();
            run.executed(hasResult, delegate);
            return hasResult;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    @Override
    public void addBatch() throws SQLException {
        delegate().addBatch();
        batchSize++;
    }

    @Override
    public void clearBatch() throws SQLException {
        batchSize = 0;
        delegate().clearBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        beginBatch();
        try {
            int[] counts = delegate.executeBatch();
            run.updated(RowCounts.sum(counts));
            return counts;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        beginBatch();
        try {
            long[] counts = delegate.executeLargeBatch();
            run.updated(RowCounts.sum(counts));
            return counts;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    @Override
    public void setObject(int parameterIndex, @Nullable Object value) throws SQLException {
        delegate().setObject(parameterIndex, value == null ? null : parameter(parameterIndex, value));
    }

    @Override
    public void setObject(int parameterIndex, @Nullable Object value, int targetType) throws SQLException {
        Object parameter = value == null ? null : parameter(parameterIndex, value);
        if (parameter == value) {
            delegate().setObject(parameterIndex, value, targetType);
        } else {
            // The type was meant for the value that was given.
            delegate().setObject(parameterIndex, parameter);
        }
    }

    @Override
    public void setString(int parameterIndex, @Nullable String value) throws SQLException {
        delegate().setString(parameterIndex, value == null ? null : (String) parameter(parameterIndex, value));
    }

    // PostgreSQL refuses some texts, and both drivers change others silently.
    private Object parameter(int index, Object value) throws SQLException {
        try {
            return value instanceof String
                    ? ColumnValues.text(value)
                    : connection.services().engine().parameter(value);
        } catch (IllegalArgumentException e) {
            throw new DescribedSqlException(
                    "Parameter " + index + ": " + e.getMessage(),
                    DatabaseError.of(ErrorCode.INVALID_VALUE, "22000"),
                    null);
        }
    }

    private void beginBatch() throws SQLException {
        int size = batchSize;
        batchSize = 0;
        run.begin(texts, kind, Math.max(1, size));
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return run.resultOf(delegate(), this);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        QueryTimeouts.set(connection, delegate(), run, seconds);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        run.requireOpen();
        return run.time().timeoutSeconds();
    }

    @Override
    public void cancel() throws SQLException {
        run.cancel(delegate);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        run.requireOpen();
        run.end();
        return delegate.getMoreResults();
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        run.requireOpen();
        run.end();
        return delegate.getMoreResults(current);
    }

    // The one behind it may by then serve another use.
    @Override
    public void close() throws SQLException {
        if (run.close()) {
            connection.giveBack(key, delegate);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return run.isClosed() || delegate.isClosed();
    }

    // Not the driver's, which holds the values.
    @Override
    public String toString() {
        return texts.get(0);
    }
}
