package dev.dovetail.transaction;

import java.time.Duration;

/**
 * How the outbox is emptied.
 *
 * @param pollInterval how often to look for messages that other instances have stored, or whose delivery failed
 * @param ownership how long an instance that does not answer any more keeps others from delivering
 * @param batchSize how many messages are read at once
 * @param firstDelay how long to wait after a delivery that failed, doubled with each further one
 * @param maxDelay the longest wait
 */
public record OutboxSettings(
        Duration pollInterval, Duration ownership, int batchSize, Duration firstDelay, Duration maxDelay) {

    /** @throws IllegalArgumentException if a value makes no sense; it names it */
    public OutboxSettings {
        require(isPositive(pollInterval), "poll-interval", "longer than 0");
        require(isPositive(ownership), "ownership", "longer than 0");
        require(batchSize > 0, "batch-size", "1 or more");
        require(isPositive(firstDelay), "first-delay", "longer than 0");
        require(maxDelay.compareTo(firstDelay) >= 0, "max-delay", "first-delay or longer");
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean condition, String name, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("dovetail.outbox.%s must be %s".formatted(name, expected));
        }
    }
}
