package dev.dovetail.monitoring.advice;

import java.time.Duration;

/**
 * What is worth looking at, and for how long.
 *
 * @param duration after which no further statement is planned
 * @param statements how many are planned at most, those that took the longest in all first
 * @param count how often a statement must have been run
 * @param slow how long it must take on average if it was run less often
 * @param rows how many rows a table must have for an index to pay
 * @param cost what a plan must cost for an index to pay, where the planner says
 * @param saving which share of that cost an index must save, from 0 to 1
 * @param indexes how many missing indexes are advised at most
 */
public record AdviceLimits(
        Duration duration,
        int statements,
        long count,
        Duration slow,
        long rows,
        double cost,
        double saving,
        int indexes) {

    /** Rows as PgHero has them, cost and saving as Dexter. */
    public static final AdviceLimits DEFAULTS =
            new AdviceLimits(Duration.ofSeconds(60), 200, 3, Duration.ofSeconds(1), 500, 100, 0.5, 20);
}
