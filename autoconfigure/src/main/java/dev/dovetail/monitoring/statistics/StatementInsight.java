package dev.dovetail.monitoring.statistics;

import java.time.Duration;
import java.util.List;

/**
 * What one statement did in a window of time. Durations are in nanoseconds.
 *
 * @param id of its text
 * @param text without values
 * @param count how often it was executed
 * @param errors how often it failed
 * @param callers what the application was doing when it was executed, the first 8 such operations
 */
public record StatementInsight(
        String id,
        String text,
        long count,
        long errors,
        long meanNanos,
        long maxNanos,
        long totalNanos,
        List<String> callers) {

    public StatementInsight {
        callers = List.copyOf(callers);
    }

    /** How long it took on the average. */
    public Duration averageTime() {
        return Duration.ofNanos(meanNanos);
    }

    /** How long it took at most. */
    public Duration maxTime() {
        return Duration.ofNanos(maxNanos);
    }
}
