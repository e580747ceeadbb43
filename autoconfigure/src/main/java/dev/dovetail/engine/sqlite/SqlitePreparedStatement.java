package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ReusableStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A prepared statement that can be used again as if it were new, that asks for generated keys only if its caller did, and
 * whose batch is done wholly or not at all.
 *
 * <p>The stock one runs a second query after every insert; and after an insert that did nothing (ON CONFLICT DO NOTHING)
 * it returns the key of an earlier one.
 */
final class SqlitePreparedStatement extends JDBC4PreparedStatement implements ReusableStatement {

    private final SqliteConnection connection;
    private final @Nullable GeneratedKey key;
    private final boolean reusable;
    private boolean poolable = true;
    private @Nullable SqliteResultSet result;

    private SqlitePreparedStatement(SqliteConnection connection, String sql, boolean wantsKeys) throws SQLException {
        super(connection, sql);
        this.connection = connection;
        this.key = wantsKeys && SqliteTexts.tellsItsKey(sql) ? new GeneratedKey(connection) : null;
        this.reusable = SqliteTexts.isReusable(sql);
    }

    static SqlitePreparedStatement of(SqliteConnection connection, String sql, boolean wantsKeys) throws SQLException {
        SqliteTexts.requireOne(sql);
        return new SqlitePreparedStatement(connection, sql, wantsKeys);
    }

    @Override
    public boolean renew() throws SQLException {
        if (!reusable || !poolable || isClosed() || pointer.isClosed() || isCloseOnCompletion()) {
            return false;
        }
        closeResult();
        // Its result may never have been asked for; whatever is not reset keeps the connection in an old snapshot.
        pointer.safeRunConsume(DB::reset);
        if (paramCount > 0) {
            pointer.safeRunConsume(DB::clear_bindings);
        }
        clearGeneratedKeys();
        forgetSettings();
        return true;
    }

    private void forgetSettings() throws SQLException {
        batch = null;
        batchPos = 0;
        batchQueryCount = 0;
        updateCount = 0;
        resultsWaiting = false;
        exhaustedResults = false;
        setLargeMaxRows(0);
        setFetchSize(0);
        setQueryTimeout(0);
    }

    @Override
    public void setPoolable(boolean poolable) {
        this.poolable = poolable;
    }

    @Override
    public boolean isPoolable() {
        return poolable;
    }

    @Override
    public boolean execute() throws SQLException {
        closeResult();
        return super.execute();
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        closeResult();
        return super.executeQuery();
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        closeResult();
        updateCount = super.executeLargeUpdate();
        return updateCount;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        if (exhaustedResults || columnCount == 0) {
            return null;
        }
        if (result != null && result.isOpen()) {
            throw new SQLException("The result has been asked for already", "24000");
        }
        boolean hasRow = resultsWaiting;
        resultsWaiting = false;
        SqliteResultSet opened = new SqliteResultSet(this, hasRow, getLargeMaxRows(), connection.isTextUtf8());
        result = opened;
        return opened;
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        boolean more = super.getMoreResults(current);
        closeResult();
        return more;
    }

    // Compiled anew, so that it describes the tables as they are now and not as they were when it was kept.
    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        SqliteResultSet open = result;
        if (open != null && open.isOpen()) {
            return open;
        }
        if (!resultsWaiting) {
            getDatabase().prepare(this);
        }
        rs.colsMeta = pointer.safeRun(DB::column_names);
        return super.getMetaData();
    }

    @Override
    public void updateGeneratedKeys() throws SQLException {
        clearGeneratedKeys();
        if (key != null && getDatabase().changes() > 0) {
            key.ask();
        }
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        ResultSet known = key == null ? null : key.answer();
        return known != null ? known : super.getGeneratedKeys();
    }

    @Override
    protected void clearGeneratedKeys() throws SQLException {
        if (key != null) {
            key.forget();
        }
        super.clearGeneratedKeys();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        closeResult();
        return connection.batch(super::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        closeResult();
        return connection.batch(super::executeLargeBatch);
    }

    @Override
    public void close() throws SQLException {
        closeResult();
        if (key != null) {
            key.close();
        }
        super.close();
    }

    private void closeResult() throws SQLException {
        SqliteResultSet open = result;
        if (open != null) {
            result = null;
            open.close();
        }
    }

    // The stock text holds the values.
    @Override
    public String toString() {
        return sql;
    }
}
