package dev.dovetail.monitoring.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was advised once.
 *
 * @param startedAt when it was begun
 * @param duration how long it took
 * @param advice what matters most first
 * @param statements how many statements were planned
 * @param problems what could not be looked at, and why
 */
public record AdviceReport(
        Instant startedAt, Duration duration, List<Advice> advice, int statements, List<String> problems) {

    public AdviceReport {
        advice = List.copyOf(advice);
        problems = List.copyOf(problems);
    }
}
