package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.Finding;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.engine.Finding.Severity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Sequences that have given out nine tenths of the numbers that their column, or they themselves, can hold. */
record SequenceCheck() implements DatabaseCheck {

    // A column is fed by the sequence that belongs to it, as an identity or by SERIAL.
    private static final String QUERY = """
            SELECT * FROM (
                SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.relname) AS in_table,
                       pg_catalog.quote_ident(a.attname) AS column_name,
                       pg_catalog.format_type(a.atttypid, NULL) AS type,
                       pg_catalog.pg_sequence_last_value(s.seqrelid) AS last_value,
                       least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767
                                                       WHEN 'int4'::regtype THEN 2147483647
                                                       ELSE s.seqmax END) AS largest
                  FROM pg_catalog.pg_sequence s
                  JOIN pg_catalog.pg_depend d ON d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass
                       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                  JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
                  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
                 WHERE s.seqincrement > 0 AND NOT s.seqcycle AND n.nspname = ANY (pg_catalog.current_schemas(false))
                   AND pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT, USAGE')) numbers
             WHERE last_value::numeric > largest::numeric * 0.9
             ORDER BY in_table""";

    @Override
    public String name() {
        return "sequences";
    }

    @Override
    public List<Finding> run(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (Statement statement = TableUpkeep.limited(connection);
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                findings.add(finding(rows));
            }
        }
        return findings;
    }

    private static Finding finding(ResultSet row) throws SQLException {
        String table = row.getString("in_table");
        String column = row.getString("column_name");
        long largest = row.getLong("largest");
        boolean small = !row.getString("type").equals("bigint");
        return new Finding(
                Kind.SEQUENCE_END,
                Severity.HIGH,
                table + "." + column,
                ("%s.%s (%s) has come to %d of %d: after the last number no row can be inserted."
                                + " Making the column larger rewrites the table, and nobody can use it meanwhile: plan it.")
                        .formatted(table, column, row.getString("type"), row.getLong("last_value"), largest),
                small ? "ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE bigint" : null);
    }
}
