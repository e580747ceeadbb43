package dev.dovetail.monitoring.statistics;

import java.time.Duration;

/**
 * What of the statements is watched.
 *
 * @param slow from which duration on a statement is slow; zero for never
 * @param statements how many statements are kept one by one, from 1 to 10,000
 * @param repetitions how often the same query in one transaction or request is too often; 0 for never
 * @param largeRows beyond how many rows a result is large; 0 for never
 */
public record StatisticsSettings(Duration slow, int statements, int repetitions, long largeRows) {

    /** Those of an application that says nothing. */
    public static final StatisticsSettings DEFAULTS = new StatisticsSettings(Duration.ofMillis(200), 500, 10, 1000);

    /** @throws IllegalArgumentException if a value cannot be meant so */
    public StatisticsSettings {
        require(!slow.isNegative(), "dovetail.slow-query-threshold must be 0, for never, or longer");
        require(statements >= 1 && statements <= 10_000, "dovetail.monitoring.statements must be from 1 to 10000");
        require(
                repetitions == 0 || repetitions >= 2,
                "dovetail.monitoring.repeated-query-threshold must be 0, for never, or at least 2");
        require(largeRows >= 0, "dovetail.monitoring.large-result-rows must be 0, for never, or more");
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The duration from which a statement is slow, in nanoseconds; never, if that is not wanted. */
    long slowNanos() {
        return slow.isZero() ? Long.MAX_VALUE : slow.toNanos();
    }
}
