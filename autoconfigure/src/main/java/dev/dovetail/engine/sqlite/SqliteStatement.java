package dev.dovetail.engine.sqlite;

import java.sql.SQLException;
import org.sqlite.jdbc4.JDBC4Statement;

/** A plain statement whose batch is done wholly or not at all. */
final class SqliteStatement extends JDBC4Statement {

    private final SqliteConnection connection;

    SqliteStatement(SqliteConnection connection) {
        super(connection);
        this.connection = connection;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return connection.batch(super::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return connection.batch(super::executeLargeBatch);
    }
}
