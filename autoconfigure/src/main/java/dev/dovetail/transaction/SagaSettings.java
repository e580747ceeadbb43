package dev.dovetail.transaction;

import java.time.Duration;

/**
 * How sagas are kept from being forgotten.
 *
 * @param ownership how long a step may take before another instance takes its saga for abandoned and undoes it
 * @param recoveryInterval how often to look for abandoned sagas
 * @param retention how long sagas that have ended are kept; zero for ever
 */
public record SagaSettings(Duration ownership, Duration recoveryInterval, Duration retention) {

    /** Five minutes, every 30 seconds, and a week. */
    public static final SagaSettings DEFAULTS =
            new SagaSettings(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofDays(7));

    /** @throws IllegalArgumentException if a value makes no sense; it names it */
    public SagaSettings {
        require(ownership, "ownership");
        require(recoveryInterval, "recovery-interval");
        if (retention.isNegative()) {
            throw new IllegalArgumentException("dovetail.saga.retention must be 0 or longer");
        }
    }

    private static void require(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("dovetail.saga.%s must be longer than 0".formatted(name));
        }
    }
}
