package dev.dovetail.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * How a transaction is run. Each method returns another object.
 *
 * @param name in logs, meters and errors; empty for none
 * @param readOnly whether it only reads; it then runs on a reader or replica where there is one
 * @param isolation how much it sees of others; SQLite always runs them as if one after the other
 * @param propagation what to do inside another transaction
 * @param timeout the longest it may take; zero for no limit, null for the transaction manager's own
 * @param maxRetries how often to run it again; null for {@code dovetail.transaction.max-retries}
 * @param retryDelay how long to wait before the first retry after a lost connection, at most 1 day; null for
 *     {@code dovetail.transaction.retry-delay}
 */
public record TransactionOptions(
        String name,
        boolean readOnly,
        Isolation isolation,
        Propagation propagation,
        @Nullable Duration timeout,
        @Nullable Integer maxRetries,
        @Nullable Duration retryDelay) {

    private static final TransactionOptions DEFAULTS =
            new TransactionOptions("", false, Isolation.DEFAULT, Propagation.REQUIRED, null, null, null);

    // Of Spring's own timeouts 0 is one that is over at once, and the default is the manager's.
    private static final Duration AS_GOOD_AS_NONE = Duration.ofDays(24);

    /** @throws IllegalArgumentException if a value makes no sense; it names it */
    public TransactionOptions {
        require(timeout == null || !timeout.isNegative(), "timeout must be 0, for no limit, or longer", timeout);
        require(maxRetries == null || maxRetries >= 0, "maxRetries must be 0 or more", maxRetries);
        require(
                retryDelay == null || RetrySettings.isDelay(retryDelay),
                "retryDelay must be from 0 to 1 day",
                retryDelay);
    }

    private static void require(boolean condition, String expected, @Nullable Object value) {
        if (!condition) {
            throw new IllegalArgumentException("The transaction's %s, and is %s".formatted(expected, value));
        }
    }

    /** One that reads and writes, joins another that it is in, and is retried as configured. */
    public static TransactionOptions defaults() {
        return DEFAULTS;
    }

    /** The defaults under this name. */
    public static TransactionOptions named(String name) {
        return DEFAULTS.withName(name);
    }

    public TransactionOptions withName(String other) {
        return new TransactionOptions(other, readOnly, isolation, propagation, timeout, maxRetries, retryDelay);
    }

    /** One that only reads. */
    public TransactionOptions asReadOnly() {
        return new TransactionOptions(name, true, isolation, propagation, timeout, maxRetries, retryDelay);
    }

    public TransactionOptions withIsolation(Isolation other) {
        return new TransactionOptions(name, readOnly, other, propagation, timeout, maxRetries, retryDelay);
    }

    public TransactionOptions withPropagation(Propagation other) {
        return new TransactionOptions(name, readOnly, isolation, other, timeout, maxRetries, retryDelay);
    }

    /**
     * Whole seconds count; a part of one counts as one. Zero is for no limit.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public TransactionOptions withTimeout(Duration other) {
        return new TransactionOptions(name, readOnly, isolation, propagation, other, maxRetries, retryDelay);
    }

    public TransactionOptions withMaxRetries(int other) {
        return new TransactionOptions(name, readOnly, isolation, propagation, timeout, other, retryDelay);
    }

    public TransactionOptions withRetryDelay(Duration other) {
        return new TransactionOptions(name, readOnly, isolation, propagation, timeout, maxRetries, other);
    }

    TransactionDefinition definition() {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation.value());
        definition.setIsolationLevel(isolation.value());
        definition.setReadOnly(readOnly);
        if (!name.isEmpty()) {
            definition.setName(name);
        }
        if (timeout != null) {
            definition.setTimeout(wholeSeconds(timeout));
        }
        return definition;
    }

    private static int wholeSeconds(Duration timeout) {
        boolean none = timeout.isZero() || timeout.compareTo(AS_GOOD_AS_NONE) > 0;
        Duration limit = none ? AS_GOOD_AS_NONE : timeout;
        return (int) limit.plusMillis(999).toSeconds();
    }

    RetrySettings retries(RetrySettings configured) {
        RetrySettings settings = maxRetries == null ? configured : configured.withMaxRetries(maxRetries);
        return retryDelay == null ? settings : settings.withRetryDelay(retryDelay);
    }
}
