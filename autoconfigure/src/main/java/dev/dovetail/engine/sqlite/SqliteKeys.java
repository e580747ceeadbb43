package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;

/** The numbers SQLite would give to the next rows. Whoever holds the write lock can take them, since nobody else inserts unless a trigger does. */
final class SqliteKeys {

    private SqliteKeys() {}

    static List<Long> allocate(Connection connection, TableInfo table, ColumnInfo column, int count)
            throws SQLException {
        long last = last(connection, table, column);
        if (last > Long.MAX_VALUE - count || SqliteInsertTriggers.mayInsertInto(connection, table.name())) {
            return List.of();
        }
        return LongStream.rangeClosed(last + 1, last + count).boxed().toList();
    }

    private static long last(Connection connection, TableInfo table, ColumnInfo column) throws SQLException {
        String query =
                "SELECT (SELECT max(%s) FROM %s), EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence')"
                        .formatted(quoted(column.name()), quoted(table.name()));
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            long largest = result.next() ? Math.max(0, result.getLong(1)) : 0;
            return result.getBoolean(2) ? Math.max(largest, used(connection, table)) : largest;
        }
    }

    // AUTOINCREMENT: numbers of deleted rows are not used again.
    private static long used(Connection connection, TableInfo table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name = ?")) {
            statement.setString(1, table.name());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
