package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IntegrityIssue;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Constraints that were added as NOT VALID and that nobody has validated since. */
final class UnvalidatedConstraints {

    // From PostgreSQL 18 on there are some that nobody means to be checked.
    private static final String QUERY = """
            SELECT c.relname AS in_table, k.conname AS name, p.relname AS parent,
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
             ORDER BY c.relname COLLATE "C", k.conname COLLATE "C\"""";

    private UnvalidatedConstraints() {}

    static List<IntegrityIssue> find(Connection connection) throws SQLException {
        List<IntegrityIssue> issues = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                Array columns = rows.getArray("columns");
                issues.add(new IntegrityIssue(
                        IntegrityIssue.Kind.NOT_VALIDATED,
                        rows.getString("in_table"),
                        List.of((String[]) columns.getArray()),
                        null,
                        rows.getString("parent"),
                        rows.getString("name")));
            }
        }
        return issues;
    }
}
