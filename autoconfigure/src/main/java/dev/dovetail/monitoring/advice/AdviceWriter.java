package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.Finding;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.engine.Finding.Severity;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.engine.TrialPlan;
import dev.dovetail.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in words, and in SQL, what was found. */
final class AdviceWriter {

    private static final Logger log = LoggerFactory.getLogger(AdviceWriter.class);

    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long OFTEN = 20;

    private final PlanTrials trials;
    private final Connection connection;
    private final @Nullable String home;
    private final Set<String> names = new HashSet<>();

    /** @param connection asked about tables that are to get an index */
    AdviceWriter(PlanTrials trials, Connection connection, Schema schema) throws SQLException {
        this.trials = trials;
        this.connection = connection;
        this.home = connection.getSchema();
        schema.tables().forEach(table -> table.indexes().forEach(index -> names.add(lower(index.name()))));
    }

    Advice missing(ProvenIndex proven) {
        TrialPlan before = proven.before();
        IndexCandidate index = proven.index();
        Finding finding = new Finding(
                Kind.MISSING_INDEX,
                severity(proven.statements()),
                named(index.schema(), index.toString()),
                "What ran %d times so far reads tables from end to end, and would use an index of table %s over %s."
                        .formatted(
                                proven.statements().stream()
                                        .mapToLong(ObservedStatement::count)
                                        .sum(),
                                named(index.schema(), index.table()),
                                index.columnList()),
                create(index));
        return Advice.of(
                finding,
                new Evidence(
                        before.text(),
                        proven.after().text(),
                        before.cost(),
                        proven.after().cost(),
                        proven.method(),
                        proven.statements()));
    }

    private static Severity severity(List<ObservedStatement> statements) {
        boolean slow = statements.stream().anyMatch(each -> each.meanNanos() >= SLOW_NANOS);
        boolean often = statements.stream().mapToLong(ObservedStatement::count).sum() >= OFTEN;
        return slow ? Severity.HIGH : often ? Severity.MEDIUM : Severity.LOW;
    }

    Advice foreignKey(TableInfo table, ForeignKeyInfo key) {
        IndexCandidate index = new IndexCandidate(
                table.schema(),
                table.name(),
                key.columns().stream().map(IndexCandidate.Column::of).toList());
        String subject = named(table.schema(), index.toString());
        String shown = named(table.schema(), table.name());
        return Advice.of(
                new Finding(
                        Kind.FOREIGN_KEY_INDEX,
                        Severity.LOW,
                        subject,
                        ("No index leads to the rows of the foreign key from %s to %s: whoever deletes a row of %s, or"
                                        + " changes its key, reads all of %s.")
                                .formatted(subject, key.referencedTable(), key.referencedTable(), shown),
                        create(index)),
                null);
    }

    // Two schemas may have a table of the same name.
    private String named(@Nullable String schema, String name) {
        return schema == null || schema.equals(home) ? name : schema + "." + name;
    }

    private String create(IndexCandidate index) {
        String name = index.suggestedName();
        for (int i = 2; !names.add(lower(name)); i++) {
            name = index.suggestedName() + "_" + i;
        }
        try {
            return trials.createIndex(connection, index, name);
        } catch (SQLException e) {
            log.debug("The table {} could not be looked at: SQLState {}", index.table(), e.getSQLState());
            return trials.createIndex(index, name);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
