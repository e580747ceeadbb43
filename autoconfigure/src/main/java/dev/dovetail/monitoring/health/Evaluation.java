package dev.dovetail.monitoring.health;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One rule's turn in one evaluation. Used by the thread that evaluates the rule. */
public final class Evaluation {

    private final HealthRule rule;
    private final @Nullable Threshold threshold;
    private final long minimumSample;
    private final SharedFacts facts;

    Evaluation(HealthRule rule, @Nullable Threshold threshold, long minimumSample, SharedFacts facts) {
        this.rule = rule;
        this.threshold = threshold;
        this.minimumSample = minimumSample;
        this.facts = facts;
    }

    /** When this evaluation began. */
    public Instant at() {
        return facts.at();
    }

    /**
     * The threshold in force, in the unit of {@link HealthRule#threshold()}.
     *
     * @throws IllegalStateException if the rule has none
     */
    public double threshold() {
        if (threshold == null) {
            throw new IllegalStateException("Health rule '" + rule.id() + "' has no threshold");
        }
        return threshold.value();
    }

    /** From how many events on a share of them is judged. */
    public long minimumSample() {
        return minimumSample;
    }

    /**
     * What several rules need is asked for once in an evaluation: by the first of them. What is {@link AutoCloseable} is closed
     * at the end of the evaluation.
     *
     * @throws Exception what the first of them met, each time
     */
    public <T> T shared(Class<T> type, Callable<T> source) throws Exception {
        return facts.get(type, source);
    }

    /** A finding that leaves the application working. */
    public Finding degraded(
            String subject, Severity severity, @Nullable Double measured, String text, String recommendation) {
        return finding(subject, severity, Finding.Effect.DEGRADED, measured, text, recommendation);
    }

    /** A finding by which the application does not work. */
    public Finding down(String subject, String text, String recommendation) {
        return finding(subject, Severity.CRITICAL, Finding.Effect.DOWN, null, text, recommendation);
    }

    /** A value as people read it, with the unit of the threshold. */
    public String shown(double measured) {
        return threshold == null ? String.valueOf(measured) : threshold.shown(measured);
    }

    /** The threshold in force as people read it. */
    public String shownThreshold() {
        return shown(threshold());
    }

    private Finding finding(
            String subject,
            Severity severity,
            Finding.Effect effect,
            @Nullable Double measured,
            String text,
            String recommendation) {
        return new Finding(
                rule.id(),
                subject,
                severity,
                effect,
                measured == null ? null : shown(measured),
                measured == null || threshold == null ? null : threshold.shown(),
                text,
                recommendation);
    }
}
