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

/**
 * What sessions of this database do, or have left behind, for too long. What others than our own user do, a user without
 * {@code pg_monitor} does not see. The text of a statement is never read: it may hold values.
 */
final class SessionProbes {

    // A dump takes as long as the database is large, and blocks nobody.
    private static final String LONG_STATEMENTS = """
            SELECT current_database() AS subject, count(*) AS found,
                   max(extract(epoch FROM clock_timestamp() - query_start))::float8 AS measured,
                   (array_agg(pid ORDER BY query_start))[1] AS pid,
                   (array_agg(coalesce(application_name, '') ORDER BY query_start))[1] AS application
              FROM pg_catalog.pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'
               AND backend_type = 'client backend' AND application_name <> 'pg_dump'
               AND query_start < clock_timestamp() - ? * interval '1 second'
            HAVING count(*) > 0""";

    private static final String IDLE_TRANSACTIONS = """
            SELECT current_database() AS subject, count(*) AS found,
                   max(extract(epoch FROM clock_timestamp() - state_change))::float8 AS measured,
                   (array_agg(pid ORDER BY state_change))[1] AS pid,
                   (array_agg(coalesce(application_name, '') ORDER BY state_change))[1] AS application
              FROM pg_catalog.pg_stat_activity
             WHERE datname = current_database() AND state LIKE 'idle in transaction%'
               AND state_change < clock_timestamp() - ? * interval '1 second'
            HAVING count(*) > 0""";

    private static final String BLOCKED_STATEMENTS = """
            SELECT current_database() AS subject, count(*) AS found,
                   max(extract(epoch FROM clock_timestamp() - query_start))::float8 AS measured,
                   (array_agg(pid ORDER BY query_start))[1] AS pid,
                   array_to_string(pg_catalog.pg_blocking_pids((array_agg(pid ORDER BY query_start))[1]), ', ') AS blockers
              FROM pg_catalog.pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'
               AND query_start < clock_timestamp() - ? * interval '1 second'
            HAVING count(*) > 0""";

    // They belong to no session any more, and a restart of the server does not end them.
    private static final String PREPARED_TRANSACTIONS = """
            SELECT current_database() AS subject, count(*) AS found,
                   max(extract(epoch FROM clock_timestamp() - prepared))::float8 AS measured,
                   (array_agg(gid ORDER BY prepared))[1] AS gid
              FROM pg_catalog.pg_prepared_xacts
             WHERE database = current_database() AND prepared < clock_timestamp() - ? * interval '1 second'
            HAVING count(*) > 0""";

    private static final String CONNECTIONS = """
            SELECT 'server' AS subject, used, most, used::float8 / most AS measured
              FROM (SELECT sum(numbackends) AS used, current_setting('max_connections')::int AS most
                      FROM pg_catalog.pg_stat_database) d
             WHERE used::float8 / most > ?""";

    private SessionProbes() {}

    static List<HealthProbe> all() {
        return List.of(
                ofTime("long-statements", Duration.ofSeconds(60), LONG_STATEMENTS, SessionProbes::longStatement),
                ofTime("idle-transactions", Duration.ofMinutes(5), IDLE_TRANSACTIONS, SessionProbes::idleTransaction),
                ofTime(
                        "blocked-statements",
                        Duration.ofSeconds(5),
                        BLOCKED_STATEMENTS,
                        SessionProbes::blockedStatement),
                ofTime(
                        "prepared-transactions",
                        Duration.ofMinutes(5),
                        PREPARED_TRANSACTIONS,
                        SessionProbes::preparedTransaction),
                new ServerProbe(
                        "server-connections",
                        Threshold.share(0.8),
                        ConnectionRole.WRITER,
                        CONNECTIONS,
                        SessionProbes::connections));
    }

    private static HealthProbe ofTime(String id, Duration longest, String sql, ServerProbe.Reading reading) {
        return new ServerProbe(id, Threshold.duration(longest), ConnectionRole.WRITER, sql, reading);
    }

    private static ProbeFinding longStatement(ResultSet row, double threshold) throws SQLException {
        return finding(
                row,
                threshold,
                "%d statements have been running for longer than %s, the longest for %s (pid %d, application '%s')"
                        .formatted(
                                row.getLong("found"),
                                seconds(threshold),
                                seconds(row.getDouble("measured")),
                                row.getLong("pid"),
                                row.getString("application")),
                "Look at it in pg_stat_activity; SELECT pg_cancel_backend(%d) stops the statement. A statement timeout"
                        + " keeps the next one from it.");
    }

    private static ProbeFinding idleTransaction(ResultSet row, double threshold) throws SQLException {
        return finding(
                row,
                threshold,
                "%d transactions have been idle for longer than %s, the longest for %s (pid %d, application '%s')"
                        .formatted(
                                row.getLong("found"),
                                seconds(threshold),
                                seconds(row.getDouble("measured")),
                                row.getLong("pid"),
                                row.getString("application")),
                "Such a transaction keeps its locks and keeps vacuum from its work. SELECT pg_terminate_backend(%d) ends it;"
                        + " then find the code that does something else while its transaction is open.");
    }

    private static ProbeFinding blockedStatement(ResultSet row, double threshold) throws SQLException {
        return finding(
                row,
                threshold,
                "%d statements wait for locks and run for longer than %s, the longest for %s (pid %d, which waits for pid %s)"
                        .formatted(
                                row.getLong("found"),
                                seconds(threshold),
                                seconds(row.getDouble("measured")),
                                row.getLong("pid"),
                                row.getString("blockers")),
                "Look at who holds the lock: SELECT * FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids(%d)).");
    }

    private static ProbeFinding preparedTransaction(ResultSet row, double threshold) throws SQLException {
        double measured = row.getDouble("measured");
        String gid = row.getString("gid").replace("'", "''");
        return new ProbeFinding(
                row.getString("subject"),
                Severity.ofExcess(measured, threshold),
                measured,
                "%d transactions have been prepared for longer than %s and not ended, the oldest for %s (gid '%s')"
                        .formatted(row.getLong("found"), seconds(threshold), seconds(measured), gid),
                "Such a transaction keeps its locks and keeps vacuum from its work until somebody ends it. Start the"
                        + " transaction manager that prepared it; if there is none any more, find out how it was to end, then"
                        + " COMMIT PREPARED '%s' or ROLLBACK PREPARED '%s'.".formatted(gid, gid));
    }

    private static ProbeFinding finding(ResultSet row, double threshold, String text, String recommendation)
            throws SQLException {
        double measured = row.getDouble("measured");
        return new ProbeFinding(
                row.getString("subject"),
                Severity.ofExcess(measured, threshold),
                measured,
                text,
                recommendation.formatted(row.getLong("pid")));
    }

    private static ProbeFinding connections(ResultSet row, double threshold) throws SQLException {
        double measured = row.getDouble("measured");
        return new ProbeFinding(
                row.getString("subject"),
                measured >= 0.95 ? Severity.HIGH : Severity.MEDIUM,
                measured,
                "%d of the %d connections that the server allows are in use, more than %s"
                        .formatted(
                                row.getLong("used"),
                                row.getLong("most"),
                                Threshold.share(threshold).shown()),
                "Make the pools smaller, put a pooler such as PgBouncer before the server, or raise max_connections.");
    }

    private static String seconds(double seconds) {
        return Threshold.duration(Duration.ZERO).shown(seconds);
    }
}
