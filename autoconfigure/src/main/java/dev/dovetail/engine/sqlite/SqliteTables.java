package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables and views of the main database, a few queries for all of them.
 *
 * <p>What SQLite and its extensions keep for themselves is left out: {@code sqlite_…} and the tables in which a virtual
 * table keeps its content. The virtual tables themselves are there.
 */
final class SqliteTables {

    // A statement with rows still to come holds its snapshot, so that all the others see the same schema.
    private static final String SNAPSHOT = "SELECT 1 FROM main.sqlite_schema UNION ALL SELECT 1";

    // A view that refers to what is no longer there has no columns, and asking for them would fail.
    private static final String FROM = """
             FROM pragma_table_list AS listed JOIN main.sqlite_schema AS made
               ON made.name = listed.name AND made.type IN ('table', 'view')
            """;

    private static final String WHERE = """
             WHERE listed.schema = 'main' AND listed.type IN ('table', 'view', 'virtual')
               AND listed.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """;

    private static final String TABLES =
            "SELECT listed.name, listed.type, made.sql" + FROM + WHERE + " ORDER BY listed.name";

    private static final String COLUMNS =
            """
            SELECT listed.name AS of_table, col.name, col.type, col."notnull", col.dflt_value, col.pk, col.hidden
            """ + FROM + " CROSS JOIN pragma_table_xinfo(listed.name, 'main') AS col" + WHERE + """
               AND listed.ncol > 0 AND col.hidden <> 1
             ORDER BY listed.name, col.cid""";

    private static final String FOREIGN_KEYS =
            """
            SELECT listed.name AS of_table, ref.id, ref."table" AS parent, ref."from" AS column_from,
                   ref."to" AS column_to, ref.on_delete
            """ + FROM + " CROSS JOIN pragma_foreign_key_list(listed.name, 'main') AS ref" + WHERE + """
             AND listed.type = 'table' ORDER BY listed.name, ref.id, ref.seq""";

    private static final String INDEXES = """
            SELECT listed.name AS of_table, ind.name AS index_name, ind."unique" AS is_unique, ind.origin,
                   col.name AS column_name, col."desc" AS is_descending, col.coll, text.sql
            """ + FROM + """
             CROSS JOIN pragma_index_list(listed.name, 'main') AS ind
             CROSS JOIN pragma_index_xinfo(ind.name, 'main') AS col
             LEFT JOIN main.sqlite_schema AS text ON text.name = ind.name AND text.type = 'index'
            """ + WHERE + """
             AND listed.type = 'table' AND col.key = 1 ORDER BY listed.name, ind.name, col.seqno""";

    // What a temporary trigger of one connection does is that connection's own affair.
    private static final String TRIGGERS =
            "SELECT tbl_name AS of_table, sql FROM main.sqlite_schema WHERE type = 'trigger'";

    private interface Part {
        void addTo(SqliteTable table, ResultSet row) throws SQLException;
    }

    private final Connection connection;

    private SqliteTables(Connection connection) {
        this.connection = connection;
    }

    static List<TableInfo> read(Connection connection) throws SQLException {
        return new SqliteTables(connection).read();
    }

    static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT schema_version FROM pragma_schema_version")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private List<TableInfo> read() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet unread = statement.executeQuery(SNAPSHOT)) {
            return unread.next() ? readAll() : List.of();
        }
    }

    private List<TableInfo> readAll() throws SQLException {
        Map<String, SqliteTable> tables;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            tables = SqliteTable.read(rows);
        }
        SqliteViews views = SqliteViews.of(tables.values(), connection);
        add(tables, COLUMNS, SqliteTable::addColumn);
        views.complete(tables);
        add(tables, FOREIGN_KEYS, SqliteTable::addForeignKeyColumn);
        add(tables, INDEXES, SqliteTable::addIndexColumn);
        add(tables, TRIGGERS, SqliteTable::addTrigger);
        return tables.values().stream()
                .map(table -> table.describe(name -> find(tables, name)))
                .toList();
    }

    private void add(Map<String, SqliteTable> tables, String sql, Part part) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                SqliteTable table = find(tables, rows.getString("of_table"));
                if (table != null) {
                    part.addTo(table, rows);
                }
            }
        }
    }

    private static @Nullable SqliteTable find(Map<String, SqliteTable> tables, String name) {
        SqliteTable exact = tables.get(name);
        return exact != null
                ? exact
                : tables.values().stream()
                        .filter(table -> table.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
    }
}
