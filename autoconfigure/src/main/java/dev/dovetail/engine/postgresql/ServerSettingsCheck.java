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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of the server that cost speed or safety, where its own figures show that they do. */
record ServerSettingsCheck() implements DatabaseCheck {

    private static final long DEFAULT_BUFFERS = 128L << 20;
    private static final long ENOUGH_READS = 1_000_000;
    private static final double GOOD_HIT_RATE = 0.99;

    // Memory in bytes, whatever the unit of the setting is; the rest as it is.
    private static final String QUERY = """
            SELECT name, CASE WHEN unit IN ('8kB', 'kB', 'B', 'MB')
                              THEN (setting::numeric * pg_catalog.pg_size_bytes(
                                       CASE WHEN unit ~ '^[0-9]' THEN unit ELSE '1' || unit END))::bigint::text
                              ELSE setting END AS value
              FROM pg_catalog.pg_settings
             WHERE name IN ('fsync', 'full_page_writes', 'autovacuum', 'track_counts', 'shared_buffers',
                            'effective_cache_size')
             UNION ALL
            SELECT figure.name, figure.value::text
              FROM pg_catalog.pg_stat_database d CROSS JOIN LATERAL (
                   VALUES ('blks_read', d.blks_read), ('blks_hit', d.blks_hit),
                          ('database_size', pg_catalog.pg_database_size(d.datid))) AS figure (name, value)
             WHERE d.datname = pg_catalog.current_database()""";

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Finding> run(Connection connection) throws SQLException {
        Map<String, String> values = new HashMap<>();
        try (Statement statement = TableUpkeep.limited(connection);
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                values.put(rows.getString("name"), rows.getString("value"));
            }
        }
        return judge(values);
    }

    static List<Finding> judge(Map<String, String> values) {
        List<Finding> findings = new ArrayList<>();
        off(findings, values, "fsync", Severity.HIGH, """
                fsync is off: after a crash of the machine the database may be damaged beyond repair.""");
        off(findings, values, "full_page_writes", Severity.HIGH, """
                full_page_writes is off: a page that was being written when the machine crashed stays torn.""");
        off(findings, values, "autovacuum", Severity.HIGH, """
                autovacuum is off: tables grow, statistics grow old, and at last the server stops taking writes.""");
        off(findings, values, "track_counts", Severity.HIGH, """
                track_counts is off: autovacuum cannot see which tables have changed, and does nothing.""");
        buffers(findings, values);
        if (number(values, "effective_cache_size") < number(values, "shared_buffers")) {
            findings.add(setting("effective_cache_size", Severity.LOW, """
                    effective_cache_size is below shared_buffers, which are a part of what it estimates: the planner \
                    takes indexes for more expensive than they are.""", """
                    ALTER SYSTEM SET effective_cache_size = '%dMB'""".formatted(
                            (number(values, "shared_buffers") >> 20) * 3)));
        }
        return findings;
    }

    private static void off(
            List<Finding> findings, Map<String, String> values, String name, Severity severity, String text) {
        if ("off".equals(values.get(name))) {
            findings.add(setting(name, severity, text, "ALTER SYSTEM SET " + name + " = on"));
        }
    }

    // The default is for a machine of the last century; that this database suffers from it, only its reads tell.
    private static void buffers(List<Finding> findings, Map<String, String> values) {
        long buffers = number(values, "shared_buffers");
        long read = number(values, "blks_read");
        long all = read + number(values, "blks_hit");
        boolean suffers = all >= ENOUGH_READS && all - read < all * GOOD_HIT_RATE;
        if (buffers <= DEFAULT_BUFFERS && number(values, "database_size") > buffers && suffers) {
            findings.add(setting(
                    "shared_buffers",
                    Severity.MEDIUM,
                    """
                    shared_buffers is %d MB, the database has %d MB, and only %d %% of the pages that were read were found \
                    there. A quarter of the machine's memory is a good start; the server has to be restarted.""".formatted(buffers >> 20, number(values, "database_size") >> 20, (all - read) * 100 / all),
                    null));
        }
    }

    private static Finding setting(String name, Severity severity, String text, @Nullable String sql) {
        return new Finding(Kind.SETTING, severity, name, text, sql);
    }

    private static long number(Map<String, String> values, String name) {
        return Long.parseLong(values.getOrDefault(name, "0"));
    }
}
