package dev.dovetail.transaction;

import dev.dovetail.datasource.ConnectionGuard;
import dev.dovetail.datasource.Outage;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.engine.CircuitOpenSqlException;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps callers from waiting for a database that does not answer: after so many failures one after the other a pool gives out
 * no connection, at once, until one caller, or a new connection of the pool, finds that the database answers again. Each pool
 * has its own, so that reads go on where only writing fails. Errors in what was asked, such as violated constraints, and a pool
 * that is exhausted never count. Safe for use by several threads.
 */
public final class DatabaseCircuit implements ConnectionGuard, CircuitStates, RestoreListener {

    private static final Logger log = LoggerFactory.getLogger(DatabaseCircuit.class);

    private static final int SECONDS_FOR_AN_ANSWER = 2;

    private final DatabaseEngine engine;
    private final CircuitSettings settings;
    private final Clock clock;
    private final Map<ConnectionRole, Breaker> breakers = new EnumMap<>(ConnectionRole.class);

    /** @param clock by which the circuit stays open */
    public DatabaseCircuit(DatabaseEngine engine, CircuitSettings settings, Clock clock) {
        this.engine = engine;
        this.settings = settings;
        this.clock = clock;
        for (ConnectionRole role : ConnectionRole.values()) {
            breakers.put(role, new Breaker(states(role)));
        }
    }

    private static final class Breaker {

        private final CircuitBreaker states;
        // As long as nothing fails, an answer is not worth counting.
        private volatile boolean hasFailed;
        private volatile @Nullable Outage outage;
        private volatile @Nullable Instant openUntil;
        private volatile @Nullable DatabaseError lastFailure;

        Breaker(CircuitBreaker states) {
            this.states = states;
        }
    }

    private CircuitBreaker states(ConnectionRole role) {
        CircuitBreaker breaker = CircuitBreaker.of(
                role.name().toLowerCase(Locale.ROOT),
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(settings.failureThreshold())
                        .minimumNumberOfCalls(settings.failureThreshold())
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(settings.openDuration())
                        .clock(clock)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(role, event.getStateTransition()));
        return breaker;
    }

    private void changed(ConnectionRole role, CircuitBreaker.StateTransition transition) {
        Breaker breaker = breaker(role);
        if (transition.getToState() == State.OPEN) {
            breaker.openUntil = clock.instant().plus(settings.openDuration());
            if (transition.getFromState() == State.CLOSED) {
                breaker.outage = new Outage(role, clock.instant(), null, breaker.lastFailure);
            }
            log.warn(
                    "The database failed {} times, one after the other, for connections of role {}: for {} ms it is not asked,"
                            + " and callers are refused at once",
                    settings.failureThreshold(),
                    role,
                    settings.openDuration().toMillis());
        } else if (transition.getToState() == State.CLOSED) {
            ended(breaker);
        }
    }

    private void ended(Breaker breaker) {
        Outage outage = breaker.outage;
        if (outage != null) {
            Instant now = clock.instant();
            breaker.outage = outage.endedAt(now);
            log.info(
                    "The database answers again for connections of role {}, after {} s",
                    outage.role(),
                    Duration.between(outage.since(), now).toSeconds());
        }
    }

    private Breaker breaker(ConnectionRole role) {
        Breaker breaker = breakers.get(role);
        if (breaker == null) {
            throw new IllegalStateException("No circuit for " + role);
        }
        return breaker;
    }

    @Override
    public Connection acquire(ConnectionRole role, Acquisition acquisition) throws SQLException {
        Breaker breaker = breaker(role);
        if (!breaker.states.tryAcquirePermission()) {
            throw refusal(breaker);
        }
        boolean tries = breaker.states.getState() == State.HALF_OPEN;
        Connection acquired;
        try {
            acquired = tries ? answering(acquisition) : acquisition.acquire();
        } catch (SQLException e) {
            failed(breaker, e);
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.states.releasePermission();
            throw e;
        }
        if (tries) {
            breaker.states.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return acquired;
    }

    // The pool may have kept one that only seems to be open.
    private static Connection answering(ConnectionGuard.Acquisition acquisition) throws SQLException {
        Connection connection = acquisition.acquire();
        boolean answers = false;
        try {
            answers = connection.isValid(SECONDS_FOR_AN_ANSWER);
        } finally {
            if (!answers) {
                acquisition.giveBack(connection);
            }
        }
        if (answers) {
            return connection;
        }
        throw new DescribedSqlException(
                "The database still does not answer", DatabaseError.of(ErrorCode.UNREACHABLE, "08006"), null);
    }

    private void failed(Breaker breaker, SQLException error) {
        if (isOfInfrastructure(error)) {
            count(breaker, error);
        } else {
            breaker.states.releasePermission();
        }
    }

    private void count(Breaker breaker, SQLException error) {
        breaker.hasFailed = true;
        breaker.lastFailure = reason(error);
        breaker.states.onError(0, TimeUnit.NANOSECONDS, error);
    }

    // That nobody knows what was committed concerns the caller; what is wrong with the database says the error behind
    // it.
    private DatabaseError reason(SQLException error) {
        DatabaseError described = engine.classify(error);
        return described.code() == ErrorCode.OUTCOME_UNKNOWN && error.getCause() instanceof SQLException behind
                ? reason(behind)
                : described;
    }

    @Override
    public void answered(ConnectionRole role, @Nullable SQLException error) {
        Breaker breaker = breaker(role);
        if (error != null && isOfInfrastructure(error)) {
            count(breaker, error);
        } else if (breaker.hasFailed) {
            recovered(breaker);
        }
    }

    // While callers are refused, nobody but the pool itself can find out.
    private static void recovered(Breaker breaker) {
        switch (breaker.states.getState()) {
            case OPEN -> breaker.states.transitionToHalfOpenState();
            case CLOSED -> {
                breaker.hasFailed = false;
                breaker.states.onSuccess(0, TimeUnit.NANOSECONDS);
            }
            default -> {}
        }
    }

    // What failed was the one before.
    @Override
    public void onRestore() {
        for (Breaker each : breakers.values()) {
            each.hasFailed = false;
            each.lastFailure = null;
            each.outage = null;
            each.states.reset();
        }
    }

    private boolean isOfInfrastructure(SQLException error) {
        return engine.isOutage(engine.classify(error));
    }

    private CircuitOpenSqlException refusal(Breaker breaker) {
        Instant until = breaker.openUntil;
        Duration wait = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
        return new CircuitOpenSqlException(wait.isNegative() ? Duration.ZERO : wait, breaker.lastFailure);
    }

    @Override
    public List<Outage> outages() {
        Instant now = clock.instant();
        return breakers.values().stream()
                .flatMap(breaker -> Stream.ofNullable(breaker.outage)
                        .filter(outage -> outage.until() != null || isRefusing(breaker, now)))
                .toList();
    }

    // Where nobody has come since, nobody knows that it has not ended.
    private static boolean isRefusing(Breaker breaker, Instant now) {
        Instant until = breaker.openUntil;
        return until != null && now.isBefore(until);
    }

    @Override
    public Map<ConnectionRole, String> states() {
        Map<ConnectionRole, String> states = new EnumMap<>(ConnectionRole.class);
        breakers.forEach((role, breaker) ->
                states.put(role, breaker.states.getState().name().toLowerCase(Locale.ROOT)));
        states.remove(ConnectionRole.MAINTENANCE);
        return states;
    }
}
