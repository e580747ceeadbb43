package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Large tables whose indexes have had no statistics for longer than from one night to the next, when the optimizer makes them.
 * {@code PRAGMA optimize} would say what is missing, too, but takes the write lock for it.
 *
 * @param rows from how many rows on it matters which index is taken
 * @param lasting for how long each has been so
 */
record MissingStatisticsProbe(long rows, Lasting lasting) implements FileProbe {

    static final long MANY = 10_000;

    private static final Duration OVER_NIGHT = Duration.ofHours(36);
    private static final int MOST_TABLES = 20;

    // There is none before the first ANALYZE.
    private static final String KEPT = "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_stat1'";

    // A table without an index has one plan only.
    private static final String INDEXED = "SELECT DISTINCT tbl_name FROM main.sqlite_schema WHERE type = 'index'";

    // Of a table that has rows, ANALYZE leaves at least one row, even if its only index holds none of them.
    private static final String UNKNOWN = """
            SELECT tbl_name FROM main.sqlite_schema WHERE type = 'index'
            EXCEPT SELECT tbl FROM main.sqlite_stat1""";

    @Override
    public String id() {
        return "missing-statistics";
    }

    @Override
    public Threshold threshold() {
        return Threshold.duration(OVER_NIGHT);
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        SqliteConnection physical = SqlitePragma.physical(connection);
        List<String> tables = new SqliteRoots(physical).inSnapshot(() -> largeAndUnknown(physical));
        return lasting.of(tables).entrySet().stream()
                .filter(each -> seconds(each.getValue()) >= threshold)
                .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                .limit(MOST_TABLES)
                .map(each -> finding(each.getKey(), seconds(each.getValue())))
                .toList();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private List<String> largeAndUnknown(Connection connection) throws SQLException {
        boolean kept = !SqlitePragma.texts(connection, KEPT).isEmpty();
        List<String> large = new ArrayList<>();
        for (String table : SqlitePragma.texts(connection, kept ? UNKNOWN : INDEXED)) {
            if (isLarge(connection, table)) {
                large.add(table);
            }
        }
        return large;
    }

    // Counts no further than it must, and along an index where one is narrower than the table.
    private boolean isLarge(Connection connection, String table) throws SQLException {
        String last = "SELECT 1 FROM main." + SqlDialect.quoted(table) + " LIMIT 1 OFFSET " + Math.max(0, rows - 1);
        return !SqlitePragma.texts(connection, last).isEmpty();
    }

    private ProbeFinding finding(String table, double seconds) {
        return new ProbeFinding(
                table,
                Severity.LOW,
                seconds,
                "Table %s has %s rows or more and has had no statistics for %s: which index a query uses is a guess"
                        .formatted(
                                table,
                                Threshold.count((double) rows).shown(),
                                Threshold.duration(Duration.ZERO).shown(seconds)),
                "Run action 'optimize', which makes them from a few rows of each table; section 'maintenance' of the endpoint"
                        + " says why that was not done at night.");
    }
}
