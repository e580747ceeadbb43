package dev.dovetail.engine.sqlite;

import java.sql.SQLException;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A prepared statement that asks for generated keys only if its caller did.
 *
 * <p>The stock one runs a second query after every insert; and after an insert that did nothing (ON CONFLICT DO NOTHING)
 * it returns the key of an earlier one.
 */
final class SqlitePreparedStatement extends JDBC4PreparedStatement {

    private final boolean wantsKeys;

    SqlitePreparedStatement(SqliteConnection connection, String sql, boolean wantsKeys) throws SQLException {
        super(connection, sql);
        this.wantsKeys = wantsKeys;
    }

    @Override
    public void updateGeneratedKeys() throws SQLException {
        if (wantsKeys && getDatabase().changes() > 0) {
            super.updateGeneratedKeys();
        } else {
            clearGeneratedKeys();
        }
    }

    // The stock text holds the values.
    @Override
    public String toString() {
        return sql;
    }
}
