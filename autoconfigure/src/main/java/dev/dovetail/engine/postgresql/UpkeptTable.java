package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as the server's statistics describe it.
 *
 * @param name with its schema, quoted
 * @param live rows that are there, by the server's count
 * @param dead rows that nobody can see any more
 * @param modified rows that have changed since it was analyzed
 * @param parent whether it is partitioned, and so has no rows of its own
 * @param analyzed whether it ever was
 * @param partitionsMoved of a partitioned one: whether a partition's own statistics were renewed after its
 * @param visited whether the server's own vacuum is there, or has been lately
 * @param allowed whether we may do anything with it
 */
record UpkeptTable(
        String name,
        long live,
        long dead,
        long modified,
        boolean parent,
        boolean analyzed,
        boolean partitionsMoved,
        boolean visited,
        boolean allowed) {

    // The server counts nothing of a partitioned table, and never analyzes it by itself: what changed is what its
    // partitions say, and that the server has analyzed one of them since.
    private static final String QUERY = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
                   coalesce(s.n_live_tup, 0) AS live, coalesce(s.n_dead_tup, 0) AS dead,
                   coalesce(s.n_mod_since_analyze, 0) AS modified,
                   c.relkind = 'p' AS parent,
                   coalesce(s.last_analyze, s.last_autoanalyze) IS NOT NULL AS analyzed,
                   p.live AS parts_live, p.modified AS parts_modified,
                   p.moved > coalesce(s.last_analyze, '-infinity') AS parts_moved,
                   coalesce(s.last_autovacuum > clock_timestamp() - ? * interval '1 millisecond', false)
                     OR EXISTS (SELECT FROM pg_catalog.pg_stat_progress_vacuum v WHERE v.relid = c.oid) AS visited,
                   pg_catalog.pg_has_role(c.relowner, 'USAGE')
                     OR (SELECT pg_catalog.pg_has_role(d.datdba, 'USAGE') FROM pg_catalog.pg_database d
                          WHERE d.datname = pg_catalog.current_database())
                     OR CASE WHEN current_setting('server_version_num')::int >= 170000
                             THEN pg_catalog.has_table_privilege(c.oid, 'MAINTAIN') ELSE false END AS allowed
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
              LEFT JOIN LATERAL (SELECT sum(ps.n_live_tup) AS live, sum(ps.n_mod_since_analyze) AS modified,
                                        max(ps.last_autoanalyze) AS moved
                                   FROM pg_catalog.pg_partition_tree(c.oid) t
                                   JOIN pg_catalog.pg_stat_all_tables ps ON ps.relid = t.relid
                                  WHERE t.isleaf) p ON c.relkind = 'p'
             WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
               AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
             ORDER BY 1""";

    /** Those of the database that are not the server's own. */
    static List<UpkeptTable> read(Connection connection, long graceMillis) throws SQLException {
        List<UpkeptTable> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setLong(1, graceMillis);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                tables.add(of(rows));
            }
        }
        return tables;
    }

    private static UpkeptTable of(ResultSet row) throws SQLException {
        boolean parent = row.getBoolean("parent");
        return new UpkeptTable(
                row.getString("name"),
                row.getLong(parent ? "parts_live" : "live"),
                row.getLong("dead"),
                row.getLong(parent ? "parts_modified" : "modified"),
                parent,
                row.getBoolean("analyzed"),
                row.getBoolean("parts_moved"),
                row.getBoolean("visited"),
                row.getBoolean("allowed"));
    }

    boolean isStale(double share, long rows) {
        if (!analyzed) {
            return live > 0 || modified > 0;
        }
        return partitionsMoved || (modified > rows && modified > share * live);
    }

    double deadShare() {
        return live + dead == 0 ? 0 : (double) dead / (live + dead);
    }

    boolean isFull(double share, long rows) {
        return !parent && dead > rows && deadShare() > share;
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("liveRows", live);
        details.put("deadRows", dead);
        details.put("modifiedRows", modified);
        details.put("analyzed", analyzed);
        return details;
    }
}
