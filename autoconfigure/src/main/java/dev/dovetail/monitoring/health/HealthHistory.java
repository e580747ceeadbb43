package dev.dovetail.monitoring.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the evaluations of the last hour, for those who draw them. Where health is evaluated more often than every ten
 * seconds it reaches less far back. Safe for use by several threads.
 */
public final class HealthHistory implements HealthListener {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int AT_MOST = 360;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * The numbers of one evaluation.
     *
     * @param at when that was
     * @param status what it found
     * @param metrics as in {@link HealthReport#metrics()}
     */
    public record Sample(Instant at, HealthStatus status, Map<String, Map<String, Object>> metrics) {}

    @Override
    public synchronized void onReport(HealthReport report) {
        samples.addLast(new Sample(report.evaluatedAt(), report.status(), report.metrics()));
        Instant oldest = report.evaluatedAt().minus(KEPT);
        samples.removeIf(sample -> sample.at().isBefore(oldest));
        if (samples.size() > AT_MOST) {
            samples.removeFirst();
        }
    }

    /** What is known, the oldest first. */
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }
}
