package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.IntegrityIssue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that refer to nothing, which come about while foreign keys are off. */
final class SqliteOrphans {

    private static final int MOST = 1000;

    // Rows of a table WITHOUT ROWID have no number of their own.
    private static final String QUERY = """
            SELECT found.number, found.in_table, found.in_row, found.parent, ref."from" AS column_from
              FROM (SELECT row_number() OVER () AS number, "table" AS in_table, "rowid" AS in_row, parent, fkid
                      FROM pragma_foreign_key_check LIMIT %d) AS found
              JOIN pragma_foreign_key_list(found.in_table) AS ref ON ref.id = found.fkid
             ORDER BY found.in_table, found.in_row, found.number, ref.seq""".formatted(MOST);

    private record Orphan(String table, @Nullable Long row, String parent, List<String> columns) {

        Orphan(ResultSet found) throws SQLException {
            this(
                    found.getString("in_table"),
                    found.getString("in_row") == null ? null : found.getLong("in_row"),
                    found.getString("parent"),
                    new ArrayList<>());
        }

        IntegrityIssue issue() {
            return new IntegrityIssue(IntegrityIssue.Kind.ORPHAN, table, columns, row, parent, null);
        }
    }

    private SqliteOrphans() {}

    static List<IntegrityIssue> find(Connection connection) throws SQLException {
        Map<Long, Orphan> orphans = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                long number = rows.getLong("number");
                Orphan orphan = orphans.get(number);
                if (orphan == null) {
                    orphan = new Orphan(rows);
                    orphans.put(number, orphan);
                }
                orphan.columns.add(rows.getString("column_from"));
            }
        }
        return orphans.values().stream().map(Orphan::issue).toList();
    }
}
