package dev.dovetail.monitoring.health;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the rules are evaluated.
 *
 * @param interval from each evaluation to the next
 * @param ruleTimeout how long one rule may take
 * @param minimumSample from how many events on a share of them is judged
 * @param rules what is said of single rules, by their ids
 */
public record HealthSettings(
        Duration interval, Duration ruleTimeout, long minimumSample, Map<String, RuleSettings> rules) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    // After what its own checks need.
    public static final HealthSettings DEFAULTS =
            new HealthSettings(Duration.ofSeconds(60), Duration.ofSeconds(10), 100, Map.of());

    /**
     * One rule.
     *
     * @param enabled whether it is evaluated
     * @param threshold another threshold, as a text; null for its own
     * @param severity another severity of what it finds; null for its own
     */
    public record RuleSettings(
            boolean enabled,
            @Nullable String threshold,
            @Nullable Severity severity) {

        static final RuleSettings DEFAULTS = new RuleSettings(true, null, null);
    }

    /** @throws IllegalArgumentException if a value is out of range; names the property */
    public HealthSettings {
        requireBetween(interval, "health-interval");
        requireBetween(ruleTimeout, "rule-timeout");
        if (minimumSample < 1) {
            throw new IllegalArgumentException(
                    "dovetail.monitoring.minimum-sample must be 1 or more, but is " + minimumSample);
        }
        rules = Map.copyOf(rules);
    }

    private static void requireBetween(Duration value, String name) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "dovetail.monitoring.%s must be from 100ms to 1d, but is %s".formatted(name, value));
        }
    }

    RuleSettings of(HealthRule rule) {
        return rules.getOrDefault(rule.id(), RuleSettings.DEFAULTS);
    }

    /** The threshold in force; null if the rule compares nothing. */
    @Nullable
    Threshold threshold(HealthRule rule) {
        return threshold(rule.id(), rule.threshold());
    }

    private @Nullable Threshold threshold(String id, @Nullable Threshold own) {
        String text = rules.getOrDefault(id, RuleSettings.DEFAULTS).threshold();
        if (text == null) {
            return own;
        }
        String property = "dovetail.monitoring.rules." + id + ".threshold";
        if (own == null) {
            throw new IllegalArgumentException(property + " says nothing: this rule compares no value");
        }
        try {
            return own.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
        }
    }

    /**
     * Compares what is said of single rules with the rules there are.
     *
     * @param known the thresholds of all rules by their ids, those of other engines too, as one configuration serves both
     * @throws IllegalArgumentException if a rule is meant that there is not, or a threshold is none; names the property
     */
    public void check(Map<String, ? extends @Nullable Threshold> known) {
        for (String id : rules.keySet()) {
            requireKnown(id, known.keySet());
            threshold(id, known.get(id));
        }
    }

    private static void requireKnown(String id, Collection<String> known) {
        if (!known.contains(id)) {
            throw new IllegalArgumentException(
                    "dovetail.monitoring.rules.%s is about no rule; there are %s".formatted(id, new TreeSet<>(known)));
        }
    }
}
