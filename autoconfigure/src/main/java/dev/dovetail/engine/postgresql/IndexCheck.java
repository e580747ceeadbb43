package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.Finding;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.engine.Finding.Severity;
import dev.dovetail.engine.RedundantIndexes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Indexes that are not needed, not used, or cannot be used.
 *
 * @param oldEnough for how long uses must have been counted before an index counts as unused
 */
record IndexCheck(Duration oldEnough) implements DatabaseCheck {

    static final Duration OLD_ENOUGH = Duration.ofDays(14);

    private static final long WORTHWHILE_BYTES = 10L << 20;

    // Of a key column the part has its expression, collation, operators with their parameters, and direction, so that
    // equal parts mean the same; of two unique ones that admit different rows, or check them at different times, none
    // stands in for the other.
    // Indexes of partitions belong to the one of the whole table. Since the counters were last reset, or the server
    // started.
    private static final String QUERY = """
            SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.relname) AS in_table,
                   pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name,
                   am.amname || CASE WHEN i.indisunique AND NOT i.indimmediate THEN ' deferrable' ELSE '' END
                             || CASE WHEN i.indisunique AND (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean
                                     THEN ' nulls not distinct' ELSE '' END AS method,
                   c.relkind = 'I' AS partitioned, i.indisunique AS is_unique, i.indisvalid AS is_valid,
                   c.relname ~ '_cc(new|old)[0-9]*$' AS remnant,
                   pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS condition,
                   i.indisprimary OR i.indisexclusion OR i.indisreplident OR i.indisclustered
                       OR EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid) AS needed,
                   ARRAY (SELECT pg_catalog.pg_get_indexdef(i.indexrelid, p, false) || ' ' || i.indcollation[p - 1]
                                 || ' ' || i.indclass[p - 1] || ' ' || i.indoption[p - 1]
                                 || coalesce(' ' || (SELECT a.attoptions::text FROM pg_catalog.pg_attribute a
                                                      WHERE a.attrelid = i.indexrelid AND a.attnum = p), '')
                            FROM generate_series(1, i.indnkeyatts::int) AS p ORDER BY p) AS parts,
                   ARRAY (SELECT pg_catalog.pg_get_indexdef(i.indexrelid, p, false)
                            FROM generate_series(i.indnkeyatts + 1, i.indnatts::int) AS p ORDER BY p) AS included,
                   EXISTS (SELECT FROM pg_catalog.pg_constraint k
                            WHERE k.contype = 'f' AND k.conrelid = i.indrelid
                              AND k.conkey @> (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)])
                       AS of_foreign_key,
                   pg_catalog.pg_relation_size(c.oid) AS bytes,
                   pg_catalog.pg_stat_get_numscans(c.oid) AS scans,
                   extract(epoch FROM now() - coalesce(d.stats_reset, pg_catalog.pg_postmaster_start_time()))::bigint
                       AS counted_seconds
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_am am ON am.oid = c.relam
              LEFT JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()
             WHERE n.nspname = ANY (pg_catalog.current_schemas(false)) AND NOT c.relispartition
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index b
                                 JOIN pg_catalog.pg_locks l ON l.pid = b.pid
                                WHERE b.datname = pg_catalog.current_database() AND l.relation = i.indrelid)
             ORDER BY 2""";

    @Override
    public String name() {
        return "indexes";
    }

    @Override
    public List<Finding> run(Connection connection) throws SQLException {
        List<ServerIndex> indexes = new ArrayList<>();
        try (Statement statement = TableUpkeep.limited(connection);
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                indexes.add(ServerIndex.of(rows));
            }
        }
        return findings(indexes);
    }

    private List<Finding> findings(List<ServerIndex> indexes) {
        List<ServerIndex> valid = indexes.stream().filter(ServerIndex::valid).toList();
        Set<String> partitioned = indexes.stream()
                .filter(ServerIndex::partitioned)
                .map(index -> index.shape().name())
                .collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>(RedundantIndexes.among(
                valid.stream().map(ServerIndex::shape).toList(), name -> drop(name, partitioned.contains(name))));
        List<String> redundant = findings.stream().map(Finding::subject).toList();
        valid.stream()
                .filter(index ->
                        isUnused(index) && !redundant.contains(index.shape().name()))
                .map(IndexCheck::unused)
                .forEach(findings::add);
        // One of a partitioned table becomes valid when each partition has its own.
        indexes.stream()
                .filter(index -> !index.valid() && !index.partitioned())
                .map(IndexCheck::invalid)
                .forEach(findings::add);
        return findings;
    }

    private boolean isUnused(ServerIndex index) {
        return index.scans() == 0
                && index.counted().compareTo(oldEnough) >= 0
                && index.bytes() >= WORTHWHILE_BYTES
                && !index.ofForeignKey()
                && !index.shape().unique()
                && !index.shape().needed();
    }

    private static Finding unused(ServerIndex index) {
        String name = index.shape().name();
        return new Finding(
                Kind.UNUSED_INDEX,
                Severity.LOW,
                name,
                ("No query has used index %s (%d MB) for %d days, and every write pays for it. Look at each replica as well"
                                + " before you drop it: uses there are not counted here.")
                        .formatted(name, index.bytes() >> 20, index.counted().toDays()),
                drop(name, index.partitioned()));
    }

    private static Finding invalid(ServerIndex index) {
        String name = index.shape().name();
        return new Finding(
                Kind.INVALID_INDEX,
                Severity.MEDIUM,
                name,
                "Index %s is not valid, because building it was interrupted: no query uses it, and every write pays for it."
                        .formatted(name),
                index.remnant() ? drop(name, false) : "REINDEX INDEX CONCURRENTLY " + name);
    }

    // With all its partitions a table cannot be left to its readers meanwhile.
    private static String drop(String name, boolean partitioned) {
        return (partitioned ? "DROP INDEX " : "DROP INDEX CONCURRENTLY ") + name;
    }
}
