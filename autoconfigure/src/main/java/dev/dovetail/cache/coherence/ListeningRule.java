package dev.dovetail.cache.coherence;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Health rule {@code cache-listening}: changes by others have not been seen for long, so that nothing is served from caches. */
public final class ListeningRule implements HealthRule {

    public static final String ID = "cache-listening";
    public static final Threshold THRESHOLD = Threshold.duration(Duration.ofSeconds(60));

    private final CacheCoherence coherence;
    private @Nullable Instant since;

    public ListeningRule(CacheCoherence coherence) {
        this.coherence = coherence;
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
        if (!coherence.isNeeded() || coherence.isHeard()) {
            since = null;
            return List.of();
        }
        Instant first = since == null ? evaluation.at() : since;
        since = first;
        double seconds = Duration.between(first, evaluation.at()).toNanos() / 1e9;
        return seconds < evaluation.threshold() ? List.of() : List.of(finding(evaluation, seconds));
    }

    private static Finding finding(Evaluation evaluation, double seconds) {
        return evaluation.degraded(
                "changes by others",
                Severity.MEDIUM,
                seconds,
                "Changes by other instances and processes were not seen at any evaluation for %s: nothing is served from caches"
                        .formatted(evaluation.shown(seconds)),
                "The log says why, once, when it began (WARN). If others never change this database,"
                        + " dovetail.cache.coherence=none needs nobody to be heard.");
    }
}
