package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;

/** The numbers SQLite would give to the next rows. Whoever holds the write lock can take them, since nobody else inserts. */
final class SqliteKeys {

    private SqliteKeys() {}

    static List<Long> allocate(Connection connection, TableInfo table, ColumnInfo column, int count)
            throws SQLException {
        long last = Math.max(largest(connection, table, column), used(connection, table));
        if (last > Long.MAX_VALUE - count) {
            return List.of();
        }
        return LongStream.rangeClosed(last + 1, last + count).boxed().toList();
    }

    private static long largest(Connection connection, TableInfo table, ColumnInfo column) throws SQLException {
        String query = "SELECT max(%s) FROM %s".formatted(quoted(column.name()), quoted(table.name()));
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? Math.max(0, result.getLong(1)) : 0;
        }
    }

    // AUTOINCREMENT: numbers of deleted rows are not used again.
    private static long used(Connection connection, TableInfo table) throws SQLException {
        if (!remembersUsed(connection)) {
            return 0;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name = ?")) {
            statement.setString(1, table.name());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private static boolean remembersUsed(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'");
                ResultSet result = statement.executeQuery()) {
            return result.next();
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
