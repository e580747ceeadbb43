package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.Outage;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.Severity;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers at all. The first of all rules: what it finds keeps others from saying the same. */
final class DatabaseRule implements HealthRule {

    private static final Logger log = LoggerFactory.getLogger(DatabaseRule.class);

    private static final String LOOK =
            "Look at what happened then: the log of the server, a restart or a failover, the network, the disk.";

    private final DatabaseEngine engine;
    private final Callable<DatabaseInfo> description;
    private final Supplier<List<Outage>> outages;
    private final Map<ConnectionRole, Outage> told = new EnumMap<>(ConnectionRole.class);

    DatabaseRule(DatabaseEngine engine, Callable<DatabaseInfo> description, Supplier<List<Outage>> outages) {
        this.engine = engine;
        this.description = description;
        this.outages = outages;
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
        } catch (SQLException e) {
            DatabaseError error = e instanceof DescribedSqlException known ? known.error() : engine.classify(e);
            return List.of(evaluation.down(id(), text(error), advice(error)));
        }
        return newOutages(evaluation);
    }

    // It answers now; what was between two looks is told once, and by the same alert as what a look has met.
    private List<Finding> newOutages(Evaluation evaluation) {
        List<Outage> found = outages.get().stream()
                .filter(each -> each.until() == null || !each.equals(told.get(each.role())))
                .toList();
        found.forEach(each -> told.put(each.role(), each));
        String text = found.stream().map(DatabaseRule::text).collect(Collectors.joining("; "));
        return found.isEmpty() ? List.of() : List.of(evaluation.degraded(id(), Severity.CRITICAL, null, text, LOOK));
    }

    private static String text(Outage outage) {
        DatabaseError reason = outage.reason();
        String why = reason == null
                ? ""
                : ": %s: %s".formatted(reason.code(), reason.code().meaning());
        Instant until = outage.until();
        return until == null
                ? "The database has not answered connections of role %s since %s, and callers are refused%s"
                        .formatted(outage.role(), outage.since(), why)
                : "The database did not answer connections of role %s for %d s, from %s to %s%s; it answers again"
                        .formatted(
                                outage.role(),
                                Duration.between(outage.since(), until).toSeconds(),
                                outage.since(),
                                until,
                                why);
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
