package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.schema.Schema;
import dev.dovetail.schema.UnindexedForeignKeys;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once at everything. What cannot be looked at stops none of the rest. */
final class AdviceRun {

    private static final Logger log = LoggerFactory.getLogger(AdviceRun.class);

    private static final Set<String> PLANNED = Set.of("SELECT", "WITH", "UPDATE", "DELETE");
    private static final String OWN_TABLES = "dovetail_";

    private final DatabaseEngine engine;
    private final DataSource connections;
    private final @Nullable DatabaseUpkeep upkeep;
    private final AdviceLimits limits;
    private final BooleanSupplier goesOn;
    private final List<String> problems = new ArrayList<>();
    private int planned;

    /** @param upkeep sets up connections; null if they go back to somebody's pool, and are not to be set up for it */
    AdviceRun(
            DatabaseEngine engine,
            DataSource connections,
            @Nullable DatabaseUpkeep upkeep,
            AdviceLimits limits,
            BooleanSupplier goesOn) {
        this.engine = engine;
        this.connections = connections;
        this.upkeep = upkeep;
        this.limits = limits;
        this.goesOn = goesOn;
    }

    AdviceReport run(List<ObservedStatement> statements, Clock clock) throws SQLException {
        Instant startedAt = clock.instant();
        long begun = System.nanoTime();
        List<Advice> advice = new ArrayList<>();
        try (Connection connection = connections.getConnection()) {
            Schema schema = new Schema(engine.tables(connection));
            advice.addAll(indexes(connection, schema, statements));
        }
        try (Connection connection = connections.getConnection()) {
            if (upkeep != null) {
                upkeep.forbidWrites(connection);
            }
            engine.checks().forEach(check -> advice.addAll(checked(check, connection)));
        }
        advice.sort(Comparator.comparing(Advice::severity).reversed());
        Duration duration = Duration.ofNanos(System.nanoTime() - begun);
        return new AdviceReport(startedAt, duration, advice, planned, problems);
    }

    private List<Advice> checked(DatabaseCheck check, Connection connection) {
        try {
            return check.run(connection).stream()
                    .map(finding -> Advice.of(finding, null))
                    .toList();
        } catch (SQLException | RuntimeException e) {
            problem("The " + check.name(), e);
            return List.of();
        }
    }

    private List<Advice> indexes(Connection connection, Schema schema, List<ObservedStatement> statements)
            throws SQLException {
        PlanTrials trials = engine.planTrials();
        if (trials == null) {
            return List.of();
        }
        AdviceWriter writer = new AdviceWriter(trials, connection, schema);
        List<ProvenIndex> proven = ProvenIndex.merged(proven(connection, trials, schema, statements)).stream()
                .limit(limits.indexes())
                .toList();
        List<IndexCandidate> missing = proven.stream().map(ProvenIndex::index).toList();
        Stream<Advice> foreignKeys = UnindexedForeignKeys.of(schema).stream()
                .filter(key -> !isOwn(key.table().name()) && !key.isCoveredBy(missing))
                .map(key -> writer.foreignKey(key.table(), key.key()));
        return Stream.concat(proven.stream().map(writer::missing), foreignKeys).toList();
    }

    private List<ProvenIndex> proven(
            Connection connection, PlanTrials trials, Schema schema, List<ObservedStatement> statements) {
        List<ProvenIndex> proven = new ArrayList<>();
        List<ObservedStatement> worthwhile = worthwhile(statements);
        try (PlanTrials.Session session = trials.open(connection)) {
            for (ObservedStatement each : worthwhile) {
                if (!goesOn.getAsBoolean() || connection.isClosed()) {
                    problems.add("%d statements were not planned: there was no time left, or no connection"
                            .formatted(worthwhile.size() - planned));
                    break;
                }
                planned++;
                proven.addAll(tried(session, new ReadStatement(each.text(), schema), each));
            }
        } catch (SQLException | RuntimeException e) {
            problem("Trying indexes", e);
        }
        return proven;
    }

    private List<ObservedStatement> worthwhile(List<ObservedStatement> statements) {
        return statements.stream()
                .filter(each -> each.count() >= limits.count()
                        || each.meanNanos() >= limits.slow().toNanos())
                .filter(each -> PLANNED.contains(StatementKind.firstWord(each.text(), engine.syntax()))
                        && !StatementKind.isSeveral(each.text(), engine.syntax()))
                .sorted(Comparator.comparingLong(ObservedStatement::totalNanos).reversed())
                .limit(limits.statements())
                .toList();
    }

    private List<ProvenIndex> tried(PlanTrials.Session session, ReadStatement statement, ObservedStatement observed) {
        boolean own = statement.tables().values().stream().anyMatch(table -> isOwn(table.name()));
        if (own || CandidateIndexes.of(statement).all().isEmpty()) {
            return List.of();
        }
        try (PlanTrial trial = session.begin(observed.text(), statement.tables())) {
            return new IndexSearch(trial, statement, limits).run(observed);
        } catch (SQLException | RuntimeException e) {
            problem("The statement " + observed.text(), e);
            return List.of();
        }
    }

    private static boolean isOwn(String table) {
        return table.startsWith(OWN_TABLES);
    }

    // The database's own message may quote a value.
    private void problem(String what, Exception exception) {
        String why = exception instanceof SQLException error
                ? engine.classify(error).summary()
                : exception.getClass().getSimpleName();
        log.debug("{} could not be looked at: {}", what, why);
        problems.add(what + " could not be looked at: " + why);
    }
}
