package dev.dovetail.transaction;

import java.time.Duration;

/**
 * How often and when a unit of work is run again that failed by no fault of its own.
 *
 * @param maxRetries how often at most, beside the first time; 0 for never
 * @param retryDelay how long to wait before the first retry after a lost connection; at most 1 day
 * @param contentionDelay how long to wait before the first retry after others were in the way; at most 1 day
 * @param multiplier by what each further wait is longer than the one before
 * @param maxDelay the longest wait; at most 1 day
 * @param jitter the share by which a wait is made shorter or longer at random, from 0 to 1, so that those who were in each
 *     other's way do not meet again
 * @param retryTimeout how long after its begin a unit is no longer run again; zero for no limit
 */
public record RetrySettings(
        int maxRetries,
        Duration retryDelay,
        Duration contentionDelay,
        double multiplier,
        Duration maxDelay,
        double jitter,
        Duration retryTimeout) {

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    /** Three retries, from 1 s after a lost connection and from 20 ms after contention, each twice as long, within 30 s. */
    public static final RetrySettings DEFAULTS = new RetrySettings(
            3, Duration.ofSeconds(1), Duration.ofMillis(20), 2, Duration.ofSeconds(10), 0.2, Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if a value makes no sense; it names it */
    public RetrySettings {
        require(maxRetries >= 0, "max-retries", "0 or more");
        require(isDelay(retryDelay), "retry-delay", "from 0 to 1d");
        require(isDelay(contentionDelay), "contention-delay", "from 0 to 1d");
        require(multiplier >= 1, "multiplier", "1 or more");
        require(isDelay(maxDelay), "max-delay", "from 0 to 1d");
        require(jitter >= 0 && jitter <= 1, "jitter", "from 0 to 1");
        require(!retryTimeout.isNegative(), "retry-timeout", "0 or longer");
    }

    /** Whether it can be waited for so long: at most a day. */
    static boolean isDelay(Duration delay) {
        return !delay.isNegative() && delay.compareTo(LONGEST_DELAY) <= 0;
    }

    private static void require(boolean condition, String name, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("dovetail.transaction.%s must be %s".formatted(name, expected));
        }
    }

    /** The same with another number of retries. */
    RetrySettings withMaxRetries(int other) {
        return new RetrySettings(other, retryDelay, contentionDelay, multiplier, maxDelay, jitter, retryTimeout);
    }

    /** The same with another wait after a lost connection. */
    RetrySettings withRetryDelay(Duration other) {
        return new RetrySettings(maxRetries, other, contentionDelay, multiplier, maxDelay, jitter, retryTimeout);
    }
}
