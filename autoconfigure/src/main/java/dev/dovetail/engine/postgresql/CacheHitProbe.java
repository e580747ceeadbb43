package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which share of blocks the server found in its memory since it was asked last. Since it was started would say nothing: one bulk
 * load, or one cold start, would be held against it for months.
 */
final class CacheHitProbe implements HealthProbe {

    /** From how many blocks on the share says anything. */
    static final long SAMPLE = 10_000;

    private static final String TABLES = """
            SELECT coalesce(sum(heap_blks_hit), 0)::bigint AS hits, coalesce(sum(heap_blks_read), 0)::bigint AS misses
              FROM pg_catalog.pg_statio_user_tables""";

    private static final String INDEXES = """
            SELECT coalesce(sum(idx_blks_hit), 0)::bigint AS hits, coalesce(sum(idx_blks_read), 0)::bigint AS misses
              FROM pg_catalog.pg_statio_user_indexes""";

    private record Blocks(long hits, long misses) {}

    private final String what;
    private final String sql;
    private final long sample;
    private @Nullable Blocks before;

    CacheHitProbe(String what, String sql, long sample) {
        this.what = what;
        this.sql = sql;
        this.sample = sample;
    }

    static CacheHitProbe ofTables() {
        return ofTables(SAMPLE);
    }

    static CacheHitProbe ofTables(long sample) {
        return new CacheHitProbe("table", TABLES, sample);
    }

    static CacheHitProbe ofIndexes() {
        return new CacheHitProbe("index", INDEXES, SAMPLE);
    }

    @Override
    public String id() {
        return what + "-cache-hits";
    }

    @Override
    public Threshold threshold() {
        return Threshold.share(0.99);
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        Blocks now = read(connection);
        Blocks last = before;
        before = now;
        if (last == null) {
            return List.of();
        }
        long hits = now.hits - last.hits;
        long all = hits + now.misses - last.misses;
        double share = all == 0 ? 1 : (double) hits / all;
        return hits < 0 || all < sample || share >= threshold ? List.of() : List.of(finding(share, all));
    }

    private Blocks read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(ServerProbe.SECONDS);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Blocks(rows.getLong("hits"), rows.getLong("misses"));
            }
        }
    }

    private ProbeFinding finding(double share, long all) {
        return new ProbeFinding(
                what + " blocks",
                share < 0.9 ? Severity.MEDIUM : Severity.LOW,
                share,
                "The server found %s of %d %s blocks in its memory since the last look"
                        .formatted(Threshold.share(share).shown(), all, what),
                "Look for queries that read whole tables; if there are none, raise shared_buffers or give the server more"
                        + " memory.");
    }
}
