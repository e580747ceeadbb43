package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables and views of the schemas on the search path, four queries for all of them. Partitions are left out, the table
 * they make up is there.
 */
final class PostgresqlTables {

    private static final String RELATIONS = """
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            """;

    private static final String LISTED = """
             WHERE n.nspname = ANY (pg_catalog.current_schemas(false))
               AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
            """;

    private static final String TABLES = """
            SELECT c.oid AS of_table, n.nspname AS schema, c.relname AS name, c.relkind IN ('v', 'm') AS is_view
            """ + RELATIONS + LISTED + """
             ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname), c.relname COLLATE "C\"""";

    // A domain has the kind of what it restricts, however many domains lie between.
    private static final String COLUMNS = """
            WITH RECURSIVE domains (declared, type, modifier, nonnull) AS (
                SELECT oid, typbasetype, typtypmod, typnotnull FROM pg_catalog.pg_type WHERE typtype = 'd'
                UNION ALL
                SELECT d.declared, t.typbasetype, greatest(d.modifier, t.typtypmod), d.nonnull OR t.typnotnull
                  FROM domains d JOIN pg_catalog.pg_type t ON t.oid = d.type AND t.typtype = 'd')
            SELECT c.oid AS of_table, a.attname AS name,
                   CASE WHEN t.typtype = 'b' THEN t.typname ELSE '' END AS base,
                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS shown,
                   greatest(a.atttypmod, d.modifier) AS modifier,
                   NOT (a.attnotnull OR coalesce(d.nonnull, false)) AS nullable,
                   CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(v.adbin, v.adrelid) END AS default_value,
                   a.attgenerated <> '' AS generated,
                   a.attidentity <> ''
                       OR coalesce(pg_catalog.pg_get_expr(v.adbin, v.adrelid) LIKE 'nextval(%', false) AS identity
            """ + RELATIONS + """
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             LEFT JOIN domains d ON d.declared = a.atttypid
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type i WHERE i.oid = d.type AND i.typtype = 'd')
             JOIN pg_catalog.pg_type t ON t.oid = coalesce(d.type, a.atttypid)
             LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
            """ + LISTED + " ORDER BY c.oid, a.attnum";

    // What a partitioned table's keys become for each partition has a parent.
    private static final String FOREIGN_KEYS = """
            SELECT c.oid AS of_table, k.conname AS name, k.confdeltype AS on_delete,
                   CASE WHEN pg_catalog.pg_table_is_visible(p.oid) THEN p.relname
                        ELSE pn.nspname || '.' || p.relname END AS parent,
                   a.attname AS column_from, b.attname AS column_to
            """ + RELATIONS + """
             JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0
             JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
             JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
             CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair (source, target, position)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.source
             JOIN pg_catalog.pg_attribute b ON b.attrelid = p.oid AND b.attnum = pair.target
            """ + LISTED + " ORDER BY c.oid, k.oid, pair.position";

    // Columns that an index only carries along are behind those of its key. An index finds all by a column if it has
    // the
    // collation of the column and the operators that are usual for its type. Where nulls stand elsewhere than usual it
    // is in nobody's order. Equal values, which a foreign key asks for, are also found by other families of operators
    // that have the same one. Servers that are only like PostgreSQL list no operators.
    private static final String INDEXES =
            """
            SELECT c.oid AS of_table, ic.relname AS name, i.indisunique AS is_unique, i.indisprimary AS is_primary,
                   pg_catalog.pg_get_expr(i.indpred, i.indrelid, true) AS condition,
                   coalesce(a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, position, true)) AS column_name,
                   i.indoption[position - 1] & 1 = 1 AS is_descending,
                   CASE WHEN a.attnum IS NULL THEN 'NONE'
                        WHEN o.oid IS NULL THEN 'ALL'
                        WHEN i.indcollation[position - 1] <> a.attcollation OR m.amname IN ('brin', 'bloom')
                             OR (o.opcintype <> a.atttypid
                                 AND EXISTS (SELECT FROM pg_catalog.pg_opclass own
                                              WHERE own.opcintype = a.atttypid AND own.opcmethod = sorted.oid
                                                AND own.opcdefault))
                        THEN 'NONE'
                        WHEN m.oid = sorted.oid AND i.indoption[position - 1] IN (0, 3)
                             AND (o.opcdefault
                                  OR EXISTS (SELECT FROM pg_catalog.pg_opclass usual
                                              WHERE usual.opcfamily = o.opcfamily AND usual.opcintype = o.opcintype
                                                AND usual.opcdefault))
                        THEN 'ALL'
                        WHEN EXISTS (SELECT FROM pg_catalog.pg_amop found
                                       JOIN pg_catalog.pg_amop equal ON equal.amopopr = found.amopopr
                                            AND equal.amopmethod = sorted.oid AND equal.amopstrategy = 3
                                       JOIN pg_catalog.pg_opclass usual ON usual.opcfamily = equal.amopfamily
                                            AND usual.opcintype = o.opcintype AND usual.opcdefault
                                      WHERE found.amopfamily = o.opcfamily
                                        AND found.amoplefttype = o.opcintype AND found.amoprighttype = o.opcintype)
                        THEN 'REFERRING'
                        ELSE 'NONE' END AS finds
            """ + RELATIONS + """
             JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisvalid
             JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
             LEFT JOIN pg_catalog.pg_am m ON m.oid = ic.relam
             LEFT JOIN pg_catalog.pg_am sorted ON sorted.amname = 'btree'
             CROSS JOIN LATERAL generate_series(1, i.indnkeyatts::int) AS position
             LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[position - 1]
             LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[position - 1]
            """ + LISTED + " ORDER BY c.oid, ic.relname COLLATE \"C\", position";

    private interface Part {
        void addTo(PostgresqlTable table, ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<Long, PostgresqlTable> tables = new LinkedHashMap<>();

    private PostgresqlTables(Connection connection) {
        this.connection = connection;
    }

    static List<TableInfo> read(Connection connection) throws SQLException {
        return new PostgresqlTables(connection).read();
    }

    private List<TableInfo> read() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.put(rows.getLong("of_table"), new PostgresqlTable(rows));
            }
        }
        add(COLUMNS, PostgresqlTable::addColumn);
        add(FOREIGN_KEYS, PostgresqlTable::addForeignKeyColumn);
        add(INDEXES, PostgresqlTable::addIndexColumn);
        return tables.values().stream().map(PostgresqlTable::describe).toList();
    }

    // The queries see one moment each: what belongs to a table made in between is left for the next reading.
    private void add(String sql, Part part) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                PostgresqlTable table = tables.get(rows.getLong("of_table"));
                if (table != null) {
                    part.addTo(table, rows);
                }
            }
        }
    }
}
