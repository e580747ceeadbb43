package dev.dovetail.transaction;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
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

    /** Such that run again what failed with an error that the engine calls transient. */
    public static Retries of(DatabaseEngine engine, RetrySettings settings, RetryListener listener) {
        DatabaseExceptionTranslator translator = new DatabaseExceptionTranslator(engine);
        return new Retries(
                settings, failure -> translator.describe(failure).filter(engine::isTransient), listener);
    }

    /**
     * @param describing what an exception means, if the unit may succeed when it is run again
     * @param listener told of each retry
     */
    public Retries(
            RetrySettings settings, Function<Throwable, Optional<DatabaseError>> describing, RetryListener listener) {
        this(settings, describing, listener, Pause.REAL, () -> ThreadLocalRandom.current()
                .nextDouble());
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
            try {
                return unit.run();
            } catch (Throwable failure) {
                delays = delays == null ? new Delays(own, random) : delays;
                Duration elapsed = Duration.ofNanos(pause.nanoTime() - begun);
                if (!waitsForAnother(new Attempt(name, attempt, elapsed), own, delays, failure)) {
                    throw failure;
                }
            }
        }
    }

    private record Attempt(String name, int number, Duration elapsed) {}

    private boolean waitsForAnother(Attempt attempt, RetrySettings own, Delays delays, Throwable failure) {
        DatabaseError error = describing.apply(failure).orElse(null);
        Transience reason = error == null ? Transience.NONE : Transience.of(error);
        if (error == null || reason == Transience.NONE) {
            return false;
        }
        Duration delay = delays.next(reason);
        boolean enough = attempt.number > own.maxRetries() || delays.taken(reason) > reason.mostRetries();
        if (enough || isTooLate(attempt.elapsed.plus(delay), own.retryTimeout())) {
            log.warn(
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
        listener.onRetry(attempt.name, error);
        return waited(delay, failure);
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
