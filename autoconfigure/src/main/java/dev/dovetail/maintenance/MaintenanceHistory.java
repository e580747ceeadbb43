package dev.dovetail.maintenance;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.maintenance.MaintenanceRun.Cause;
import dev.dovetail.maintenance.MaintenanceRun.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The last {@value #KEPT} runs of the optimizer, of all instances, in tables {@code dovetail_maintenance_run} and
 * {@code dovetail_maintenance_step}. Where these are not there, nothing is remembered. Safe for use by several threads.
 */
public final class MaintenanceHistory {

    /** How many runs are kept. */
    public static final int KEPT = 500;

    private static final Logger log = LoggerFactory.getLogger(MaintenanceHistory.class);

    private static final int RECENT = 10;

    private static final String INSERT = """
            INSERT INTO dovetail_maintenance_run (instance, cause, state, started_at)
            VALUES (?, ?, 'RUNNING', ?) RETURNING id""";

    // Nobody else is at it: one that stands there as running died with its process.
    private static final String INTERRUPT =
            "UPDATE dovetail_maintenance_run SET state = 'INTERRUPTED' WHERE state = 'RUNNING'";

    private static final String UPDATE = """
            UPDATE dovetail_maintenance_run SET state = ?, duration = ?, bytes_before = ?, bytes_after = ? WHERE id = ?""";

    private static final String INSERT_STEP = """
            INSERT INTO dovetail_maintenance_step
                (run_id, position, step, outcome, message, duration, bytes_before, bytes_after, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String OLD =
            "(SELECT id FROM dovetail_maintenance_run ORDER BY id DESC LIMIT 1 OFFSET %d)".formatted(KEPT);
    private static final String DELETE_STEPS = "DELETE FROM dovetail_maintenance_step WHERE run_id <= " + OLD;
    private static final String DELETE_RUNS = "DELETE FROM dovetail_maintenance_run WHERE id <= " + OLD;

    private static final String NEWEST = """
            SELECT id, instance, cause, state, started_at, duration, bytes_before, bytes_after
              FROM dovetail_maintenance_run ORDER BY id DESC LIMIT ?""";

    private static final String STEPS = """
            SELECT step, outcome, message, duration, bytes_before, bytes_after, details
              FROM dovetail_maintenance_step WHERE run_id = ? ORDER BY position""";

    private static final String TOTALS = """
            SELECT count(*) AS runs, count(CASE WHEN state = 'SUCCEEDED' THEN 1 END) AS successes,
                   CAST(avg(duration) AS bigint) AS mean, count(duration) AS ended
              FROM dovetail_maintenance_run""";

    // By number and not by time: clocks are set back.
    private static final String LAST_SCHEDULED = """
            SELECT (SELECT started_at FROM dovetail_maintenance_run WHERE cause = 'SCHEDULED'
                     ORDER BY id DESC LIMIT 1)""";

    private static final String LAST_STEP = """
            SELECT (SELECT r.started_at FROM dovetail_maintenance_run r
                      JOIN dovetail_maintenance_step s ON s.run_id = r.id
                     WHERE s.step = ? AND s.outcome = 'DONE'
                     ORDER BY r.id DESC LIMIT 1)""";

    // Neither waits for the only connection that writes nor is answered by a replica, which does not know of the newest
    // run.
    private static final TransactionOperations PLAIN = TransactionOperations.withoutTransaction();

    private final JdbcOperations jdbc;
    private final TransactionOperations transactions;
    private final TransactionOperations reading;
    private final String instance;
    // Asked again when a run begins or may be due: health must not fail a statement each minute.
    private volatile boolean absent;

    /**
     * @param transactions on the same data source; connections need not commit by themselves
     * @param instance who this instance is
     */
    public MaintenanceHistory(JdbcOperations jdbc, TransactionOperations transactions, String instance) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.reading = reading(transactions);
        this.instance = instance;
    }

    // Whoever asks how it stands must not wait for the only connection that writes.
    private static TransactionOperations reading(TransactionOperations transactions) {
        if (transactions instanceof TransactionTemplate template && template.getTransactionManager() != null) {
            TransactionTemplate reading = new TransactionTemplate(template.getTransactionManager());
            reading.setReadOnly(true);
            return reading;
        }
        return transactions;
    }

    /**
     * Writes down that a run begins: one that ends its process must not be begun again at each start. Called by whoever has the
     * right to run alone.
     */
    @Nullable
    Long begin(Cause cause, Instant startedAt) {
        absent = false;
        return in(transactions, () -> {
            jdbc.update(INTERRUPT);
            Long id = jdbc.queryForObject(INSERT, Long.class, instance, cause.name(), startedAt.toEpochMilli());
            jdbc.update(DELETE_STEPS);
            jdbc.update(DELETE_RUNS);
            return id;
        });
    }

    /** Writes down how it ended. */
    void end(long id, OptimizationReport report) {
        in(transactions, () -> {
            addSteps(id, report.steps());
            return jdbc.update(
                    UPDATE,
                    state(report).name(),
                    report.duration().toMillis(),
                    report.bytesBefore(),
                    report.bytesAfter(),
                    id);
        });
    }

    private static State state(OptimizationReport report) {
        return report.interrupted() ? State.INTERRUPTED : report.success() ? State.SUCCEEDED : State.FAILED;
    }

    private void addSteps(long id, List<StepResult> steps) {
        for (int i = 0; i < steps.size(); i++) {
            StepResult step = steps.get(i);
            jdbc.update(
                    INSERT_STEP,
                    id,
                    i,
                    step.step(),
                    step.outcome().name(),
                    step.message(),
                    step.duration().toMillis(),
                    step.bytesBefore(),
                    step.bytesAfter(),
                    DetailsText.write(step.details()));
        }
    }

    /** What is remembered. */
    public MaintenanceStatistics statistics() {
        MaintenanceStatistics found = in(reading, () -> {
            List<MaintenanceRun> recent = recent(RECENT);
            return jdbc.queryForObject(TOTALS, (row, number) -> statistics(row, recent));
        });
        return found == null ? MaintenanceStatistics.EMPTY : found;
    }

    private static MaintenanceStatistics statistics(ResultSet row, List<MaintenanceRun> recent) throws SQLException {
        Duration mean = row.getLong("ended") == 0 ? null : Duration.ofMillis(row.getLong("mean"));
        return new MaintenanceStatistics(row.getLong("runs"), row.getLong("successes"), mean, recent);
    }

    /** The newest run of all instances; null if there is none. */
    public @Nullable MaintenanceRun last() {
        return in(reading, () -> DataAccessUtils.singleResult(recent(1)));
    }

    /** When the last run began that was done because it was its time; null if there is none. */
    public @Nullable Instant lastScheduled() {
        absent = false;
        return moment(in(PLAIN, () -> jdbc.queryForObject(LAST_SCHEDULED, Long.class)));
    }

    /** When the last run began in which this step was done with success; null if there is none. */
    @Nullable
    Instant lastSuccessOf(String step) {
        return moment(in(PLAIN, () -> jdbc.queryForObject(LAST_STEP, Long.class, step)));
    }

    private static @Nullable Instant moment(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private List<MaintenanceRun> recent(int most) {
        List<MaintenanceRun> runs = new ArrayList<>();
        for (MaintenanceRun each : jdbc.query(NEWEST, (row, number) -> run(row), most)) {
            runs.add(new MaintenanceRun(
                    each.id(),
                    each.instance(),
                    each.cause(),
                    each.state(),
                    each.startedAt(),
                    each.duration(),
                    each.bytesBefore(),
                    each.bytesAfter(),
                    jdbc.query(STEPS, (row, number) -> step(row), each.id())));
        }
        return runs;
    }

    private static MaintenanceRun run(ResultSet row) throws SQLException {
        Long duration = number(row, "duration");
        return new MaintenanceRun(
                row.getLong("id"),
                row.getString("instance"),
                Cause.valueOf(row.getString("cause")),
                State.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("started_at")),
                duration == null ? null : Duration.ofMillis(duration),
                number(row, "bytes_before"),
                number(row, "bytes_after"),
                List.of());
    }

    private static StepResult step(ResultSet row) throws SQLException {
        Map<String, Object> details = DetailsText.read(row.getString("details"));
        return new StepResult(
                row.getString("step"),
                UpkeepResult.Outcome.valueOf(row.getString("outcome")),
                row.getString("message"),
                Duration.ofMillis(row.getLong("duration")),
                number(row, "bytes_before"),
                number(row, "bytes_after"),
                details);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** Something with the tables. */
    private interface Access<T> {
        @Nullable
        T run();
    }

    // Without its own tables the layer has no memory, but does its work.
    private <T> @Nullable T in(TransactionOperations transaction, Access<T> access) {
        if (absent) {
            return null;
        }
        try {
            return OperationContext.upkeep(() -> transaction.execute(status -> Optional.ofNullable(access.run())))
                    .orElse(null);
        } catch (BadSqlGrammarException e) {
            absent = true;
            log.debug("There is no history of maintenance, because its tables are not there", e);
            return null;
        } catch (DataAccessException e) {
            log.warn("The history of maintenance could not be read or written", e);
            return null;
        }
    }
}
