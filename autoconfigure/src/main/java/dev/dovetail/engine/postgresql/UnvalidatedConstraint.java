package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IntegrityIssue;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A constraint that was added as NOT VALID and that nobody has validated since.
 *
 * @param schema of its table; empty if that is the one in which new tables are made
 * @param qualifiedTable its table as SQL takes it
 * @param issue what there is to say of it
 */
record UnvalidatedConstraint(String schema, String qualifiedTable, IntegrityIssue issue) {

    // From PostgreSQL 18 on there are some that nobody means to be checked.
    private static final String QUERY = """
            SELECT c.relname AS in_table, k.conname AS name, p.relname AS parent,
                   CASE WHEN n.nspname = pg_catalog.current_schema() THEN '' ELSE n.nspname END AS other_schema,
                   pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS qualified_table,
                   ARRAY (SELECT a.attname::text
                            FROM unnest(k.conkey) WITH ORDINALITY AS key (number, position)
                            JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.number
                           ORDER BY key.position) AS columns
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_class p ON p.oid = nullif(k.confrelid, 0)
             WHERE NOT k.convalidated AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
               AND n.nspname = ANY (pg_catalog.current_schemas(false))
             ORDER BY c.relname COLLATE "C", k.conname COLLATE "C", n.nspname COLLATE "C\"""";

    static List<UnvalidatedConstraint> find(Connection connection) throws SQLException {
        List<UnvalidatedConstraint> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                found.add(new UnvalidatedConstraint(
                        rows.getString("other_schema"), rows.getString("qualified_table"), read(rows)));
            }
        }
        return found;
    }

    private static IntegrityIssue read(ResultSet row) throws SQLException {
        Array columns = row.getArray("columns");
        return new IntegrityIssue(
                IntegrityIssue.Kind.NOT_VALIDATED,
                row.getString("in_table"),
                List.of((String[]) columns.getArray()),
                null,
                row.getString("parent"),
                row.getString("name"));
    }

    /** Its table as people read it. */
    String shownTable() {
        return schema.isEmpty() ? issue.table() : schema + "." + issue.table();
    }
}
