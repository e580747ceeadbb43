package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a COPY into a table, where that does what INSERT does. */
final class CopyStatement {

    // COPY knows no rules, refuses tables whose rows the user may not all see, overwrites GENERATED ALWAYS unasked, and
    // is no faster where a trigger looks at each row before.
    private static final String SAME_AS_INSERT = """
            SELECT c.relkind IN ('r', 'p')
                   AND NOT pg_catalog.row_security_active(c.oid)
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type = '3')
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t
                                    WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 7 = 7)
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a
                                    WHERE a.attrelid = c.oid AND a.attidentity = 'a' AND a.attname = ANY (?))
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS pg_catalog.regclass)""";

    // What is left to ask where numbers were taken: from views, and past rules and such triggers, none are.
    private static final String SAME_WHERE_ALLOCATED =
            "SELECT NOT pg_catalog.row_security_active(CAST(? AS pg_catalog.regclass))";

    private CopyStatement() {}

    /** Null if only INSERT will do. */
    static @Nullable String of(Connection connection, TableInfo table, List<ColumnInfo> columns, boolean allocated)
            throws SQLException {
        // What is bound for a type that Java does not have is the driver's affair.
        boolean known = columns.stream().noneMatch(column -> column.type().kind() == ColumnType.Kind.OTHER);
        if (columns.isEmpty() || !known || !isSameAsInsert(connection, table, columns, allocated)) {
            return null;
        }
        return columns.stream()
                .map(column -> quoted(column.name()))
                .collect(Collectors.joining(", ", "COPY " + quoted(table) + " (", ") FROM STDIN"));
    }

    private static boolean isSameAsInsert(
            Connection connection, TableInfo table, List<ColumnInfo> columns, boolean allocated) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(allocated ? SAME_WHERE_ALLOCATED : SAME_AS_INSERT)) {
            if (!allocated) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", columns.stream().map(ColumnInfo::name).toArray()));
            }
            statement.setString(allocated ? 1 : 2, quoted(table));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String quoted(TableInfo table) {
        return table.schema() == null ? quoted(table.name()) : quoted(table.schema()) + "." + quoted(table.name());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
