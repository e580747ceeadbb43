package dev.dovetail.monitoring.health;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.Severity;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers at all. The first of all rules: what it finds keeps others from saying the same. */
final class DatabaseRule implements HealthRule {

    private static final Logger log = LoggerFactory.getLogger(DatabaseRule.class);

    private final DatabaseEngine engine;
    private final Callable<DatabaseInfo> description;

    DatabaseRule(DatabaseEngine engine, Callable<DatabaseInfo> description) {
        this.engine = engine;
        this.description = description;
    }

    @Override
    public String id() {
        return StandardRules.DATABASE;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws Exception {
        try {
            DatabaseInfo answer = evaluation.shared(DatabaseInfo.class, description);
            log.trace("{} {} answers", answer.flavour(), answer.version());
            return List.of();
        } catch (SQLException e) {
            DatabaseError error = e instanceof DescribedSqlException known ? known.error() : engine.classify(e);
            return List.of(evaluation.down(id(), text(error), advice(error)));
        }
    }

    // The summary of the driver may hold hosts and users; that of an open circuit is ours.
    private static String text(DatabaseError error) {
        String meaning = error.code() == ErrorCode.CIRCUIT_OPEN
                ? error.summary()
                : error.code().meaning();
        return "The database does not answer: %s: %s".formatted(error.code(), meaning);
    }

    private static String advice(DatabaseError error) {
        String suggestion = error.suggestion();
        return suggestion == null
                ? "Look at whether the server runs and can be reached; the log of the application has the error."
                : suggestion;
    }

    @Override
    public Finding failed(String why) {
        return new Finding(
                id(),
                id(),
                Severity.CRITICAL,
                Finding.Effect.DOWN,
                null,
                null,
                "The database could not be asked: " + why,
                "Look at whether the server runs and can be reached, and at what holds the connections of the pools.");
    }
}
