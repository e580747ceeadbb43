package dev.dovetail.monitoring.health;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be wrong with the database or with how it is used. A bean of this type is evaluated with all others every
 * {@code dovetail.monitoring.health-interval}, on a thread of its own and never per request; what it finds makes the
 * application DEGRADED or DOWN, and is an alert if it lasts.
 *
 * <p>Evaluated by one thread at a time. One that throws, or takes longer than {@code dovetail.monitoring.rule-timeout}, keeps no
 * other from its turn, and is itself reported; meanwhile it is not known whether its findings still hold. It may remember what
 * it saw the last time, and should: a share over an interval says more than the moment at which it happened to look.
 */
public interface HealthRule {

    /** Under which it is configured, for example {@code pool-use}; unique. */
    String id();

    /**
     * From which value on it finds something, unless {@code dovetail.monitoring.rules.<id>.threshold} says otherwise; null if
     * nothing is compared.
     */
    default @Nullable Threshold threshold() {
        return null;
    }

    /**
     * Looks.
     *
     * @param evaluation the moment, the threshold in force, and what findings are made with
     * @return what is wrong, one for each subject; empty if nothing is
     * @throws UnanswerableException if another rule says already why this one cannot look
     */
    List<Finding> evaluate(Evaluation evaluation) throws Exception;

    /** What to say if it could not look. */
    default Finding failed(String why) {
        return new Finding(
                FAILED,
                id(),
                Severity.LOW,
                Finding.Effect.DEGRADED,
                null,
                null,
                "Health rule '%s' could not be evaluated: %s".formatted(id(), why),
                "The log says more. Correct what is in its way, or switch it off: dovetail.monitoring.rules.%s.enabled=false."
                        .formatted(id()));
    }

    /** The rule of findings about rules that could not look. */
    String FAILED = "rule-failed";
}
