package dev.dovetail.monitoring.health;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** One rule evaluated alone, as the monitor does it. */
public final class Evaluations {

    private Evaluations() {}

    public static List<Finding> of(HealthRule rule) {
        return of(rule, HealthSettings.DEFAULTS, Instant.now());
    }

    public static List<Finding> of(HealthRule rule, Instant at) {
        return of(rule, HealthSettings.DEFAULTS, at);
    }

    public static List<Finding> of(HealthRule rule, HealthSettings settings) {
        return of(rule, settings, Instant.now());
    }

    private static List<Finding> of(HealthRule rule, HealthSettings settings, Instant at) {
        try (HealthMonitor monitor = new HealthMonitor(
                settings, () -> List.of(rule), List::of, List::of, () -> false, Clock.fixed(at, ZoneOffset.UTC))) {
            return monitor.evaluate().findings();
        }
    }

    /** Settings in which this rule has another threshold. */
    public static HealthSettings threshold(String rule, String threshold) {
        return new HealthSettings(
                HealthSettings.DEFAULTS.interval(),
                HealthSettings.DEFAULTS.ruleTimeout(),
                HealthSettings.DEFAULTS.minimumSample(),
                java.util.Map.of(rule, new HealthSettings.RuleSettings(true, threshold, null)));
    }
}
