package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.JsonPath;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.StoredTerm;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's words. */
enum PostgresqlSql implements SqlDialect {
    INSTANCE;

    // Nothing if the rows might get other numbers than these: from an expression, a trigger or a rule.
    private static final String TAKE = """
            SELECT pg_catalog.nextval(s.sequence) FROM (
                SELECT CASE WHEN a.attidentity <> ''
                            THEN CAST(pg_catalog.pg_get_serial_sequence(CAST(c.oid AS pg_catalog.regclass)::text, a.attname)
                                      AS pg_catalog.regclass)
                            ELSE (SELECT CAST(d.refobjid AS pg_catalog.regclass) FROM pg_catalog.pg_depend d
                                    JOIN pg_catalog.pg_class q ON q.oid = d.refobjid AND q.relkind = 'S'
                                   WHERE d.classid = CAST('pg_catalog.pg_attrdef' AS pg_catalog.regclass) AND d.objid = v.oid
                                     AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass))
                       END AS sequence
                  FROM pg_catalog.pg_class c
                  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                  LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
                 WHERE c.oid = CAST(? AS pg_catalog.regclass) AND a.attname = ? AND c.relkind IN ('r', 'p')
                   AND (a.attidentity <> ''
                        OR pg_catalog.pg_get_expr(v.adbin, v.adrelid) ~ '^nextval[(]''.*''::regclass[)]$')
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type = '3')
                   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t
                                    WHERE NOT t.tgisinternal AND t.tgtype & 7 = 7
                                      AND (t.tgrelid = c.oid
                                           OR t.tgrelid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(c.oid) p)))
                OFFSET 0) s, generate_series(1, ?)
             WHERE s.sequence IS NOT NULL AND pg_catalog.has_sequence_privilege(s.sequence, 'USAGE, UPDATE')""";

    @Override
    public String currentMillis() {
        return "CAST(extract(epoch FROM pg_catalog.clock_timestamp()) * 1000 AS bigint)";
    }

    // It was written in the zone of a session, which is that of its JVM as this one's is.
    @Override
    public String millisOfOwnClock(String column) {
        return "CAST(extract(epoch FROM CAST(" + column + " AS timestamptz)) * 1000 AS bigint)";
    }

    // The protocol counts them in 16 bits.
    @Override
    public int maxParameters() {
        return 65_535;
    }

    // The server's locale would sort "a" before "B", and differently on another server.
    @Override
    public String byCodePoint(String text) {
        return text + " COLLATE \"C\"";
    }

    @Override
    public String lowerCase(String text) {
        return "lower(" + byCodePoint(text) + ")";
    }

    @Override
    public String jsonText(String column, JsonPath path) {
        return path.steps().stream()
                .map(step -> "\"" + step + "\"")
                .collect(Collectors.joining(",", "(" + column + " #>> '{", "}')"));
    }

    @Override
    public String min(String column, ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool_and(" + column + ")";
            case UUID -> "CAST(min(" + byCodePoint("CAST(" + column + " AS text)") + ") AS uuid)";
            case BINARY -> "decode(min(" + byCodePoint("encode(" + column + ", 'hex')") + "), 'hex')";
            default -> SqlDialect.super.min(column, type);
        };
    }

    @Override
    public String max(String column, ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool_or(" + column + ")";
            case UUID -> "CAST(max(" + byCodePoint("CAST(" + column + " AS text)") + ") AS uuid)";
            case BINARY -> "decode(max(" + byCodePoint("encode(" + column + ", 'hex')") + "), 'hex')";
            default -> SqlDialect.super.max(column, type);
        };
    }

    @Override
    public List<Long> allocateKeys(Connection connection, TableInfo table, ColumnInfo column, int count)
            throws SQLException {
        List<Long> keys = new ArrayList<>(count);
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, quoted(table));
            statement.setString(2, column.name());
            statement.setInt(3, count);
            // All at once: the connection's own fetch size would ask again for what is not there.
            statement.setFetchSize(0);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    keys.add(result.getLong(1));
                }
            }
        }
        return keys;
    }

    @Override
    public String givenKeys() {
        return "OVERRIDING SYSTEM VALUE ";
    }

    private static String quoted(TableInfo table) {
        return table.schema() == null ? quoted(table.name()) : quoted(table.schema()) + "." + quoted(table.name());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public QueryPlan explain(Connection connection, String query, List<? extends @Nullable Object> values)
            throws SQLException {
        return PostgresqlPlans.explain(connection, query, values);
    }

    // The driver returns some types as what it does not take, and shifts others: their text is exact in one session.
    @Override
    public StoredTerm stored(ColumnInfo column) {
        return asText(SqlDialect.quoted(column.name()), column.type().name());
    }

    // A row without a key is found by its place until somebody changes it. Places in two partitions may be the same.
    @Override
    public List<StoredTerm> rowKey(Connection connection, TableInfo table) throws SQLException {
        List<StoredTerm> key = SqlDialect.super.rowKey(connection, table);
        return key.isEmpty() ? List.of(asText("ctid", "tid")) : key;
    }

    private static StoredTerm asText(String expression, String type) {
        return new StoredTerm(expression, "CAST(" + expression + " AS text)", "CAST(? AS " + type + ")");
    }

    @Override
    public String skipLocked() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public String lockTimeout(Duration longest) {
        return "SET lock_timeout = " + longest.toMillis();
    }

    @Override
    public String tryLock() {
        return "SELECT pg_catalog.pg_try_advisory_xact_lock(?)";
    }
}
