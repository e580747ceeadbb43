package dev.dovetail.transaction;

import java.time.Duration;

/**
 * When the database is no longer asked, and when it is asked again.
 *
 * @param failureThreshold after how many failures of the infrastructure, one after the other
 * @param openDuration how long it is then left alone before one caller may try
 */
public record CircuitSettings(int failureThreshold, Duration openDuration) {

    /** @throws IllegalArgumentException if a value makes no sense; it names it */
    public CircuitSettings {
        if (failureThreshold < 1) {
            throw new IllegalArgumentException("dovetail.circuit-breaker.failure-threshold must be 1 or more");
        }
        if (openDuration.isNegative() || openDuration.isZero()) {
            throw new IllegalArgumentException("dovetail.circuit-breaker.open-duration must be longer than 0");
        }
    }
}
