package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.Finding;
import dev.dovetail.engine.IndexShape;
import dev.dovetail.engine.RedundantIndexes;
import dev.dovetail.engine.SqlDialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Indexes of a file in whose place another one, or the table itself, can be used. */
record RedundantIndexCheck() implements DatabaseCheck {

    private static final String INDEXES = """
            SELECT made.name AS in_table, ind.name, ind."unique" AS is_unique, ind.origin,
                   col.name AS column_name, col.cid, col."desc" AS is_descending, col.coll, text.sql
              FROM main.sqlite_schema AS made
             CROSS JOIN pragma_index_list(made.name, 'main') AS ind
             CROSS JOIN pragma_index_xinfo(ind.name, 'main') AS col
              LEFT JOIN main.sqlite_schema AS text ON text.name = ind.name AND text.type = 'index'
             WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND col.key = 1
             ORDER BY made.name, ind.name, col.seqno""";

    // The number of a row is how a table is sorted.
    private static final String ROW_NUMBERS = """
            SELECT made.name AS in_table, col.name
              FROM main.sqlite_schema AS made CROSS JOIN pragma_table_info(made.name, 'main') AS col
             WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
               AND col.pk = 1 AND upper(col.type) = 'INTEGER'
               AND NOT EXISTS (SELECT 1 FROM pragma_index_list(made.name, 'main') WHERE origin = 'pk')
               AND NOT EXISTS (SELECT 1 FROM pragma_table_info(made.name, 'main') WHERE pk > 1)""";

    private record Index(
            String table, String name, boolean unique, boolean made, SqliteIndexText text, List<String> parts) {

        IndexShape shape() {
            return new IndexShape(table, name, "btree", parts, List.of(), text.condition(), unique, !made);
        }
    }

    @Override
    public String name() {
        return "redundant indexes";
    }

    @Override
    public List<Finding> run(Connection connection) throws SQLException {
        List<IndexShape> shapes = new ArrayList<>();
        try (Statement statement = SqlitePragma.physical(connection).createStatement()) {
            try (ResultSet rows = statement.executeQuery(ROW_NUMBERS)) {
                while (rows.next()) {
                    shapes.add(rowNumber(rows.getString("in_table"), rows.getString("name")));
                }
            }
            try (ResultSet rows = statement.executeQuery(INDEXES)) {
                read(rows).forEach(index -> shapes.add(index.shape()));
            }
        }
        return RedundantIndexes.among(shapes, name -> "DROP INDEX " + SqlDialect.quoted(name));
    }

    private static IndexShape rowNumber(String table, String column) {
        return new IndexShape(
                table,
                "the primary key of " + table,
                "btree",
                List.of(part(SqlDialect.quoted(column), false, "BINARY")),
                List.of(),
                null,
                true,
                true);
    }

    private static List<Index> read(ResultSet rows) throws SQLException {
        Map<String, Index> indexes = new LinkedHashMap<>();
        while (rows.next()) {
            String name = rows.getString("name");
            Index index = indexes.get(name);
            if (index == null) {
                index = index(name, rows);
                indexes.put(name, index);
            }
            String column = rows.getString("column_name");
            index.parts()
                    .add(part(
                            column != null
                                    ? SqlDialect.quoted(column)
                                    : index.text().expression(index.parts().size()),
                            rows.getBoolean("is_descending"),
                            rows.getString("coll")));
        }
        return new ArrayList<>(indexes.values());
    }

    private static Index index(String name, ResultSet rows) throws SQLException {
        @Nullable String sql = rows.getString("sql");
        return new Index(
                rows.getString("in_table"),
                name,
                rows.getBoolean("is_unique"),
                rows.getString("origin").equals("c"),
                sql == null ? SqliteIndexText.NONE : SqliteIndexText.of(sql),
                new ArrayList<>());
    }

    private static String part(String sql, boolean descending, @Nullable String collation) {
        return sql + (descending ? " DESC " : " ") + String.valueOf(collation).toUpperCase(Locale.ROOT);
    }
}
