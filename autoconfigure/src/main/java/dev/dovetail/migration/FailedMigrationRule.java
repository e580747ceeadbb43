package dev.dovetail.migration;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Health rule {@code migrations}: migrations that a history table has as failed. The instance that ran it did not start; the
 * others go on, on a schema that is half of what it was to be.
 */
public final class FailedMigrationRule implements HealthRule {

    public static final String ID = "migrations";

    private final JdbcTemplate jdbc;
    private final Supplier<List<String>> histories;
    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    /** @param histories the tables in which Flyway writes what it did, quoted and with their schemas as SQL names them */
    public FailedMigrationRule(JdbcTemplate jdbc, Supplier<List<String>> histories) {
        this.jdbc = jdbc;
        this.histories = histories;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (String history : histories.get()) {
            for (String script : failedScripts(history)) {
                findings.add(evaluation.degraded(
                        script,
                        Severity.HIGH,
                        null,
                        "Migration %s failed, and may have been applied by half".formatted(script),
                        "Bring the schema to the state before it, run Flyway's repair, then start an instance again."));
            }
        }
        return findings;
    }

    private List<String> failedScripts(String history) throws SQLException {
        if (absent.contains(history)) {
            return List.of();
        }
        try {
            return OperationContext.health(() -> jdbc.queryForList(
                    "SELECT script FROM " + history + " WHERE success = FALSE ORDER BY installed_rank", String.class));
        } catch (BadSqlGrammarException e) {
            // Nobody migrates, or somebody keeps a history of another form; health must not fail a statement each
            // minute.
            absent.add(history);
            return List.of();
        }
    }
}
