package dev.dovetail.cache;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Health rule {@code cache-hit-rate}: caches that are asked often and answer seldom, since the last evaluation. */
public final class HitRateRule implements HealthRule {

    public static final String ID = "cache-hit-rate";
    public static final Threshold THRESHOLD = Threshold.share(0.7);

    private final CacheOperations caches;
    private final Map<String, CacheStatistics> before = new HashMap<>();

    public HitRateRule(CacheOperations caches) {
        this.caches = caches;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Threshold threshold() {
        return THRESHOLD;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        List<Finding> findings = new ArrayList<>();
        for (String name : caches.names()) {
            CacheStatistics now = caches.statistics(name);
            CacheStatistics last = before.put(name, now);
            long hits = now.hits() - (last == null ? 0 : last.hits());
            long lookups = hits + now.misses() - (last == null ? 0 : last.misses());
            double rate = lookups == 0 ? 1 : (double) hits / lookups;
            if (lookups >= evaluation.minimumSample() && rate < evaluation.threshold()) {
                findings.add(finding(evaluation, name, rate, lookups));
            }
        }
        return findings;
    }

    private static Finding finding(Evaluation evaluation, String cache, double rate, long lookups) {
        return evaluation.degraded(
                cache,
                rate < evaluation.threshold() / 2 ? Severity.MEDIUM : Severity.LOW,
                rate,
                "Cache '%s' had the answer for %s of %d lookups since the last evaluation, less than %s"
                        .formatted(cache, evaluation.shown(rate), lookups, evaluation.shownThreshold()),
                "Section 'cache' of the endpoint says why: many evictions want a larger cache, many invalidations mean that its"
                        + " tables change too often for it.");
    }
}
