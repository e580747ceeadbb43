package dev.dovetail.transaction;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs a unit of work again that failed by no fault of its own: a deadlock, a serialization failure, a lock that others held
 * for too long, a connection that was lost before COMMIT was sent. Everything else, and a COMMIT whose outcome is unknown, is
 * let out as it is. Safe for use by several threads.
 */
public final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private final RetrySettings settings;
    private final Function<Throwable, Optional<DatabaseError>> describing;
    private final RetryListener listener;
    private final Pause pause;
    private final DoubleSupplier random;

    /**
     * Such that run again what failed with an error that the engine calls transient, on a connection of this layer: of others
     * nobody knows whether a COMMIT was sent.
     */
    public static Retries of(DatabaseEngine engine, RetrySettings settings, RetryListener listener) {
        return new Retries(settings, new TransientErrors(engine), listener);
    }

    /**
     * @param describing what an exception means, if the unit may succeed when it is run again
     * @param listener told of each retry
     */
    public Retries(
            RetrySettings settings, Function<Throwable, Optional<DatabaseError>> describing, RetryListener listener) {
        this(
                settings,
                describing,
                listener,
                Pause.REAL,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    Retries(
            RetrySettings settings,
            Function<Throwable, Optional<DatabaseError>> describing,
            RetryListener listener,
            Pause pause,
            DoubleSupplier random) {
        this.settings = settings;
        this.describing = describing;
        this.listener = listener;
        this.pause = pause;
        this.random = random;
    }

    RetrySettings settings() {
        return settings;
    }

    /**
     * A unit of work that can be run several times, each time from the beginning.
     *
     * @param <T> its result
     * @param <E> what it throws
     */
    @FunctionalInterface
    public interface Unit<T extends @Nullable Object, E extends Throwable> {

        T run() throws E;
    }

    /**
     * Runs the unit, and again where that is right. Inside a transaction it is run once: what has failed there can only be
     * repeated as a whole.
     *
     * @param name for the log
     */
    public <T extends @Nullable Object, E extends Throwable> T run(String name, Unit<T, E> unit) throws E {
        return run(name, settings, unit);
    }

    <T extends @Nullable Object, E extends Throwable> T run(String name, RetrySettings own, Unit<T, E> unit) throws E {
        if (own.maxRetries() == 0 || TransactionSynchronizationManager.isActualTransactionActive()) {
            return unit.run();
        }
        long begun = pause.nanoTime();
        Delays delays = null;
        for (int attempt = 1; ; attempt++) {
            DatabaseError error;
            Throwable thrown;
            // What runs inside of another unit is run again with it, or not at all.
            try (RetriedUnit running = RetriedUnit.begin()) {
                if (running == null) {
                    return unit.run();
                }
                try {
                    return unit.run();
                } catch (Throwable failure) {
                    error = passing(running, failure);
                    if (error == null) {
                        throw failure;
                    }
                    thrown = failure;
                }
            }
            delays = delays == null ? new Delays(own, random) : delays;
            Duration elapsed = Duration.ofNanos(pause.nanoTime() - begun);
            if (!waitsForAnother(new Attempt(name, attempt, elapsed, error), own, delays, thrown)) {
                Retries.<E>rethrow(thrown);
            }
        }
    }

    // Null if the unit must not be run again.
    private @Nullable DatabaseError passing(RetriedUnit unit, Throwable failure) {
        // What was committed would be done twice, and who looks for it needs the ids.
        if (unit.hasCommitted() || TransientErrors.isUnknown(failure)) {
            return null;
        }
        unit.restoreEntities();
        return describing.apply(failure).orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable failure) throws E {
        throw (E) failure;
    }

    private record Attempt(String name, int number, Duration elapsed, DatabaseError error) {}

    private boolean waitsForAnother(Attempt attempt, RetrySettings own, Delays delays, Throwable failure) {
        DatabaseError error = attempt.error;
        // A circuit that was opened meanwhile says no more than that the connection was lost.
        Transience reason = error.code() == ErrorCode.CIRCUIT_OPEN && delays.taken(Transience.CONNECTION) > 0
                ? Transience.CONNECTION
                : Transience.of(error);
        if (reason == Transience.NONE) {
            return false;
        }
        Duration delay = delays.next(reason);
        boolean enough = attempt.number > own.maxRetries() || delays.taken(reason) > reason.mostRetries();
        if (enough || isTooLate(attempt.elapsed.plus(delay), own.retryTimeout())) {
            // The failure is let out: whoever handles it says so where it is seen.
            log.debug(
                    "'{}' failed {} time(s) within {} ms, last with {}, and is not run again",
                    attempt.name,
                    attempt.number,
                    attempt.elapsed.toMillis(),
                    error.code());
            return false;
        }
        log.debug(
                "'{}' failed with {} and is run again in {} ms, for the {}. time",
                attempt.name,
                error.code(),
                delay.toMillis(),
                attempt.number + 1);
        return waited(delay, failure) && told(attempt.name, error);
    }

    // Whoever only counts must not take the place of the failure.
    private boolean told(String name, DatabaseError error) {
        try {
            listener.onRetry(name, error);
        } catch (RuntimeException e) {
            log.warn("A listener of retries failed for '{}'", name, e);
        }
        return true;
    }

    private static boolean isTooLate(Duration then, Duration limit) {
        return !limit.isZero() && then.compareTo(limit) > 0;
    }

    // Whoever interrupts wants an end: the failure is it.
    private boolean waited(Duration delay, Throwable failure) {
        try {
            pause.of(delay);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            return false;
        }
    }
}
