package dev.dovetail.engine.sqlite;

import java.sql.SQLException;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A prepared statement that asks for generated keys only if its caller did, and whose batch is done wholly or not at all.
 *
 * <p>The stock one runs a second query after every insert; and after an insert that did nothing (ON CONFLICT DO NOTHING)
 * it returns the key of an earlier one.
 */
final class SqlitePreparedStatement extends JDBC4PreparedStatement {

    private final SqliteConnection connection;
    private final boolean wantsKeys;

    private SqlitePreparedStatement(SqliteConnection connection, String sql, boolean wantsKeys) throws SQLException {
        super(connection, sql);
        this.connection = connection;
        this.wantsKeys = wantsKeys && SqliteTexts.tellsItsKey(sql);
    }

    static SqlitePreparedStatement of(SqliteConnection connection, String sql, boolean wantsKeys) throws SQLException {
        SqliteTexts.requireOne(sql);
        return new SqlitePreparedStatement(connection, sql, wantsKeys);
    }

    @Override
    public void updateGeneratedKeys() throws SQLException {
        if (wantsKeys && getDatabase().changes() > 0) {
            super.updateGeneratedKeys();
        } else {
            clearGeneratedKeys();
        }
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return connection.batch(super::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return connection.batch(super::executeLargeBatch);
    }

    // The stock text holds the values.
    @Override
    public String toString() {
        return sql;
    }
}
