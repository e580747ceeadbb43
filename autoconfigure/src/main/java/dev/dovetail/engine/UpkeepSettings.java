package dev.dovetail.engine;

import java.time.Duration;

/**
 * From when on upkeep pays, and what may be done.
 *
 * @param incrementalVacuum whether free pages are given back to the file system
 * @param fullVacuum whether a file may be rewritten as a whole
 * @param analyze whether the planner's statistics are renewed
 * @param freeShare share of a file that must be free before space is given back, from 0 to 1
 * @param freeBytes bytes of a file that must be free as well
 * @param logBytes length of a write-ahead log from which on it is cut when nobody is using the database
 * @param staleShare share of a table's rows that must have changed before it is analyzed again, from 0 to 1
 * @param staleRows rows that must have changed as well
 * @param deadShare share of a table's rows that must be dead before it is vacuumed, from 0 to 1
 * @param deadRows rows that must be dead as well
 * @param autovacuumGrace how long after its last visit a table is left to the server's own vacuum
 * @param lockTimeout how long to wait for a lock on a table
 * @param statementTimeout how long one table may take
 */
public record UpkeepSettings(
        boolean incrementalVacuum,
        boolean fullVacuum,
        boolean analyze,
        double freeShare,
        long freeBytes,
        long logBytes,
        double staleShare,
        long staleRows,
        double deadShare,
        long deadRows,
        Duration autovacuumGrace,
        Duration lockTimeout,
        Duration statementTimeout) {

    /** Those of an application that says nothing else. */
    public static final UpkeepSettings DEFAULTS = new UpkeepSettings(
            true,
            false,
            true,
            0.25,
            64L * 1024 * 1024,
            10L * 1024 * 1024,
            0.1,
            1000,
            0.2,
            10_000,
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(120));

    /** @throws IllegalArgumentException if a share is not one, or a number negative */
    public UpkeepSettings {
        requireShare("free-share", freeShare);
        requireShare("stale-share", staleShare);
        requireShare("dead-share", deadShare);
        requirePositive("free-size", freeBytes);
        requirePositive("log-size", logBytes);
        requirePositive("stale-rows", staleRows);
        requirePositive("dead-rows", deadRows);
        requirePositive("autovacuum-grace", autovacuumGrace.toMillis());
        requirePositive("lock-timeout", lockTimeout.toMillis());
        requirePositive("statement-timeout", statementTimeout.toMillis());
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("dovetail.optimizer." + name + " must be from 0 to 1, but is " + share);
        }
    }

    private static void requirePositive(String name, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "dovetail.optimizer." + name + " must not be negative, but is " + number);
        }
    }
}
