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
 * By how much a counter of this database has grown since it was asked for last. What it has counted since it was reset would say
 * nothing: one bad night would be held against the server for months.
 */
final class GrowthProbe implements HealthProbe {

    // One now and then costs its transaction another try, and nobody a night's sleep.
    private static final double MANY_DEADLOCKS = 5;

    private static final long MANY_BYTES = 256L * 1024 * 1024;

    private static final String DEADLOCKS = """
            SELECT current_database() AS subject, deadlocks AS counted
              FROM pg_catalog.pg_stat_database WHERE datname = current_database()""";

    // Counted when a file is removed, which is when its statement ends.
    private static final String TEMPORARY_BYTES = """
            SELECT current_database() AS subject, temp_bytes AS counted
              FROM pg_catalog.pg_stat_database WHERE datname = current_database()""";

    /** Makes a finding of what a counter has grown by. */
    @FunctionalInterface
    private interface Reading {
        ProbeFinding read(String subject, double grown, double threshold);
    }

    private final String id;
    private final Threshold threshold;
    private final String sql;
    private final Reading reading;
    private @Nullable Long before;

    private GrowthProbe(String id, Threshold threshold, String sql, Reading reading) {
        this.id = id;
        this.threshold = threshold;
        this.sql = sql;
        this.reading = reading;
    }

    static List<HealthProbe> all() {
        return List.of(
                new GrowthProbe("deadlocks", Threshold.count(MANY_DEADLOCKS), DEADLOCKS, GrowthProbe::deadlocks),
                new GrowthProbe(
                        "temporary-files", Threshold.size(MANY_BYTES), TEMPORARY_BYTES, GrowthProbe::temporaryFiles));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Threshold threshold() {
        return threshold;
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(ServerProbe.SECONDS);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? judge(rows.getString("subject"), rows.getLong("counted"), limit) : List.of();
            }
        }
    }

    // It is less than before if somebody has reset the counters, or this is another server.
    private List<ProbeFinding> judge(String subject, long now, double limit) {
        Long last = before;
        before = now;
        double grown = last == null ? 0 : (double) (now - last);
        return grown <= 0 || grown < limit ? List.of() : List.of(reading.read(subject, grown, limit));
    }

    private static ProbeFinding deadlocks(String subject, double grown, double limit) {
        return new ProbeFinding(
                subject,
                Severity.ofExcess(grown, limit),
                grown,
                "The server has ended %s transactions because of deadlocks since the last look"
                        .formatted(Threshold.count(grown).shown()),
                "The log of the server names both statements of each. Have all code lock rows and tables in the same order,"
                        + " for example by their keys, and keep transactions short.");
    }

    private static ProbeFinding temporaryFiles(String subject, double grown, double limit) {
        return new ProbeFinding(
                subject,
                grown >= 4 * limit ? Severity.MEDIUM : Severity.LOW,
                grown,
                "Statements have written %s into temporary files since the last look, because they had too little memory"
                        .formatted(Threshold.size(0).shown(grown)),
                "Look for slow statements that sort or hash many rows (log_temp_files = '10MB' has the server name them),"
                        + " and give them an index or fewer rows; else raise work_mem for the role that runs them.");
    }
}
