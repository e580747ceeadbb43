package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.RetrySettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a server that does not accept connections yet, because it is started at the same time. */
final class StartPatience {

    private static final Logger log = LoggerFactory.getLogger(StartPatience.class);

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(1);

    // Nobody listens there, the connection broke at once, too many are connected, the server is starting up or going
    // down.
    private static final Set<String> NOT_YET = Set.of("08001", "08004", "08006", "53300", "57P03");

    private final DatabaseEngine engine;
    private final Duration limit;

    /** @param limit how long to wait at most; zero for not at all */
    StartPatience(DatabaseEngine engine, Duration limit) {
        if (limit.isNegative() || limit.compareTo(LONGEST_LIMIT) > 0) {
            throw ValidatedSettings.refusal("dovetail.postgresql.startup-timeout must be from 0 to 1d");
        }
        this.engine = engine;
        this.limit = limit;
    }

    /** A first use of the database. */
    interface Attempt {

        void connect() throws SQLException;
    }

    void await(Attempt attempt) throws SQLException {
        RetrySettings settings = new RetrySettings(
                limit.isZero() ? 0 : Integer.MAX_VALUE, FIRST_DELAY, Duration.ZERO, 2, LONGEST_DELAY, 0.2, limit);
        Retries retries = new Retries(
                settings,
                this::notYet,
                (name, error) -> log.info(
                        "The {} server does not accept connections yet ({}). It is asked again, for {} s at most after the first time"
                                + " (dovetail.postgresql.startup-timeout).",
                        engine.name(),
                        error.sqlState(),
                        limit.toSeconds()));
        retries.<Boolean, SQLException>run("start", () -> {
            attempt.connect();
            return true;
        });
    }

    private Optional<DatabaseError> notYet(Throwable failure) {
        return failure instanceof SQLException error
                ? Optional.of(engine.classify(error)).filter(each -> NOT_YET.contains(each.sqlState()))
                : Optional.empty();
    }
}
