package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How far replicas are behind, and what is kept for those that do not come. */
final class ReplicationProbes {

    private static final double GIGABYTE = 1024.0 * 1024 * 1024;

    // One that has replayed all it received is not behind, however long ago the last commit was, if it still receives.
    // Whoever reads an archive cannot know what is not there yet.
    private static final String LAG = """
            SELECT coalesce(host(inet_server_addr()), 'replica') AS subject, measured
              FROM (SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() IS NULL THEN 0
                                WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
                                     AND EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver) THEN 0
                                ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
                           END::float8 AS measured) r
             WHERE measured > ?""";

    private static final String SLOTS = """
            SELECT slot_name AS subject, measured
              FROM (SELECT slot_name, pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                                           ELSE pg_current_wal_lsn() END, restart_lsn)::float8 AS measured
                      FROM pg_catalog.pg_replication_slots
                     WHERE NOT active AND NOT temporary AND restart_lsn IS NOT NULL) s
             WHERE measured >= ?
             ORDER BY 2 DESC""";

    private ReplicationProbes() {}

    static List<HealthProbe> all() {
        return List.of(
                new ServerProbe(
                        "replication-lag",
                        Threshold.duration(Duration.ofSeconds(30)),
                        ConnectionRole.READER,
                        LAG,
                        ReplicationProbes::lag),
                new ServerProbe(
                        "replication-slots",
                        Threshold.size(0),
                        ConnectionRole.WRITER,
                        SLOTS,
                        (row, limit) -> slot(row)));
    }

    private static ProbeFinding lag(ResultSet row, double threshold) throws SQLException {
        double measured = row.getDouble("measured");
        return new ProbeFinding(
                row.getString("subject"),
                Severity.ofExcess(measured, threshold),
                measured,
                "The replica is %s behind, more than %s"
                        .formatted(
                                Threshold.duration(Duration.ZERO).shown(measured),
                                Threshold.duration(Duration.ZERO).shown(threshold)),
                "Look at its network, its disk and at long queries on it; read-only transactions see old rows meanwhile.");
    }

    private static ProbeFinding slot(ResultSet row) throws SQLException {
        double kept = row.getDouble("measured");
        return new ProbeFinding(
                row.getString("subject"),
                severity(kept),
                kept,
                "Nobody uses replication slot '%s', for which the server keeps %s of its log"
                        .formatted(row.getString("subject"), Threshold.size(0).shown(kept)),
                "Start the replica or consumer it is for, or SELECT pg_drop_replication_slot('%s'): the log grows until the"
                                .formatted(row.getString("subject").replace("'", "''"))
                        + " disk is full.");
    }

    private static Severity severity(double kept) {
        if (kept >= 10 * GIGABYTE) {
            return Severity.HIGH;
        }
        return kept >= GIGABYTE ? Severity.MEDIUM : Severity.LOW;
    }
}
