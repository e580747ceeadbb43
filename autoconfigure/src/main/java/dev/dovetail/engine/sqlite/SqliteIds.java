package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The ids of rows to come. The transaction holds the one write lock, so nobody else takes them meanwhile.
 *
 * <p>As SQLite itself chooses: one more than the greatest id there is or, with AUTOINCREMENT, there ever was.
 */
final class SqliteIds {

    // The primary key is this column alone, and stands for the row number.
    private static final String NUMBERED = """
            SELECT 1 FROM pragma_table_list AS t
            WHERE t.schema = 'main' AND t.type = 'table' AND t.wr = 0 AND t.name = ? COLLATE NOCASE
            AND (SELECT group_concat(c.name || ' ' || c.type, ',') FROM pragma_table_info(t.name) AS c WHERE c.pk > 0)
                = ? COLLATE NOCASE""";

    private static final String SEQUENCES = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'";
    private static final String SEQUENCE = "SELECT seq FROM sqlite_sequence WHERE name = ? COLLATE NOCASE";

    private SqliteIds() {}

    static OptionalLong reserve(Connection connection, String table, String idColumn, int count) throws SQLException {
        if (number(connection, NUMBERED, table, idColumn + " INTEGER").isEmpty()
                || SqliteInsertTriggers.mayInsertInto(connection, table)) {
            return OptionalLong.empty();
        }
        long greatest = number(connection, "SELECT max(%s) FROM %s".formatted(quoted(idColumn), quoted(table)))
                .orElse(0);
        if (number(connection, SEQUENCES).isPresent()) {
            greatest = Math.max(greatest, number(connection, SEQUENCE, table).orElse(greatest));
        }
        // Where the numbers are used up SQLite looks for a gap, row by row.
        return greatest > Long.MAX_VALUE - count ? OptionalLong.empty() : OptionalLong.of(greatest + 1);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static OptionalLong number(Connection connection, String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return OptionalLong.empty();
                }
                long value = rows.getLong(1);
                return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
            }
        }
    }
}
