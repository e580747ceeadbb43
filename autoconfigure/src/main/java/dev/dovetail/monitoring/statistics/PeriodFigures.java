package dev.dovetail.monitoring.statistics;

import java.time.Duration;

/**
 * What all statements together did. Durations are in nanoseconds; percentiles are off by 3 % at most.
 *
 * @param count how many were executed, a batch being one
 * @param slow how many took as long as the threshold, or longer
 * @param failed how many failed
 * @param rows how many rows they read or changed, where the database said so
 */
public record PeriodFigures(
        long count,
        long slow,
        long failed,
        long rows,
        long totalNanos,
        long meanNanos,
        long maxNanos,
        long p50Nanos,
        long p95Nanos,
        long p99Nanos) {

    static PeriodFigures of(Minute sum) {
        return new PeriodFigures(
                sum.count,
                sum.slow,
                sum.errors,
                sum.rows,
                sum.nanos,
                sum.mean(),
                sum.longest,
                sum.percentile(0.5),
                sum.percentile(0.95),
                sum.percentile(0.99));
    }

    /** How long they took on the average. */
    public Duration averageTime() {
        return Duration.ofNanos(meanNanos);
    }

    /** What 95 of 100 did not exceed. */
    public Duration p95() {
        return Duration.ofNanos(p95Nanos);
    }
}
