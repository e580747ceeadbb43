package dev.dovetail.transaction;

import java.time.Duration;

/**
 * When the database is no longer asked, and when it is asked again.
 *
 * @param failureThreshold after how many failures of the infrastructure, one after the other; from 1 to 1000
 * @param openDuration how long it is then left alone before one caller may try; from 1 ms to 1 day
 */
public record CircuitSettings(int failureThreshold, Duration openDuration) {

    // For each failure that counts there is a place in memory.
    private static final int HIGHEST_THRESHOLD = 1000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws IllegalArgumentException if a value makes no sense; it names it */
    public CircuitSettings {
        if (failureThreshold < 1 || failureThreshold > HIGHEST_THRESHOLD) {
            throw new IllegalArgumentException(
                    "dovetail.circuit-breaker.failure-threshold must be from 1 to " + HIGHEST_THRESHOLD);
        }
        if (openDuration.compareTo(SHORTEST) < 0 || openDuration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("dovetail.circuit-breaker.open-duration must be from 1ms to 1d");
        }
    }
}
