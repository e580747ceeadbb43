package dev.dovetail.autoconfigure;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.HealthSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rules of health.
 *
 * @param healthInterval How often they are evaluated, from 100ms to 1d.
 * @param ruleTimeout How long one rule may take, from 100ms to 1d.
 * @param minimumSample From how many events on a share of them is judged.
 * @param rules Single rules by their ids.
 */
@ConfigurationProperties("dovetail.monitoring")
record HealthProperties(
        @DefaultValue("60s") Duration healthInterval,
        @DefaultValue("10s") Duration ruleTimeout,
        @DefaultValue("100") long minimumSample,
        @DefaultValue Map<String, OneRule> rules) {

    /**
     * One rule.
     *
     * @param enabled Whether it is evaluated.
     * @param threshold From which value on it finds something: a share, a duration, a size or a number. Without it its own.
     * @param severity How severe its findings are. Without it by what they are.
     */
    record OneRule(
            @DefaultValue("true") boolean enabled,
            @Nullable String threshold,
            @Nullable Severity severity) {}

    HealthSettings settings() {
        Map<String, HealthSettings.RuleSettings> single = new LinkedHashMap<>();
        rules.forEach(
                (id, one) -> single.put(id, new HealthSettings.RuleSettings(one.enabled, one.threshold, one.severity)));
        return new HealthSettings(healthInterval, ruleTimeout, minimumSample, single);
    }
}
