package dev.dovetail.monitoring.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all rules found at one time.
 *
 * @param status how the application is
 * @param findings what is wrong, the worst first
 * @param unanswered the rules that could not look, of which it is not known whether what they found before still holds
 * @param metrics the numbers of that time, by what they are about: {@code pools}, {@code database}, {@code statements},
 *     {@code cache}
 * @param evaluatedAt when that was
 */
public record HealthReport(
        HealthStatus status,
        List<Finding> findings,
        Set<String> unanswered,
        Map<String, Map<String, Object>> metrics,
        Instant evaluatedAt) {

    public HealthReport {
        findings = List.copyOf(findings);
        unanswered = Set.copyOf(unanswered);
        metrics = Map.copyOf(metrics);
    }

    /** Whether nothing is wrong. */
    public boolean healthy() {
        return status == HealthStatus.UP;
    }

    /** What is wrong, in words; the worst first. */
    public List<String> issues() {
        return findings.stream().map(Finding::text).distinct().toList();
    }

    /** What to do, in the order of the issues. */
    public List<String> recommendations() {
        return findings.stream().map(Finding::recommendation).distinct().toList();
    }
}
