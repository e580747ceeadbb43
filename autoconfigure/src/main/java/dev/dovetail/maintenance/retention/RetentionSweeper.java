package dev.dovetail.maintenance.retention;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.schema.SchemaCatalog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Deletes rows that have been kept for long enough, as its rules say. Takes no part in a transaction of the thread's: call it
 * outside of one. Safe for use by several threads and several instances; each row is deleted once.
 */
public final class RetentionSweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RetentionSweeper.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<RetentionRule> rules;
    private final SchemaCatalog catalog;
    private final DataSource dataSource;
    private final Clock clock;
    private final DatabaseExceptionTranslator errors;
    private final Stop stop = new Stop();

    /** @param clock says from when ages are measured */
    public RetentionSweeper(List<RetentionRule> rules, SchemaCatalog catalog, DataSource dataSource, Clock clock) {
        this.rules = List.copyOf(rules);
        this.catalog = catalog;
        this.dataSource = dataSource;
        this.clock = clock;
        this.errors = new DatabaseExceptionTranslator(catalog.engine());
    }

    /** The rules, in the order in which tables are swept. */
    public List<RetentionRule> rules() {
        return rules;
    }

    /**
     * Compares the rules with the database; changes nothing.
     *
     * @throws InvalidRetentionException if a table or column is not there or says no moment, or a condition is not understood
     */
    public void validate() {
        Instant now = clock.instant();
        for (RetentionRule rule : rules) {
            try (Sessions sessions = new Sessions(catalog.engine(), dataSource)) {
                RetentionTarget target = target(rule, sessions);
                check(target, before(rule, now), sessions).requireValid();
            } catch (SQLException e) {
                throw new DatabaseStartException(
                        "Retention of table \"" + rule.table() + "\" could not be checked: "
                                + describe(e).summary(),
                        "See that the database answers, and that its user may read its catalogue.",
                        e);
            }
        }
    }

    /**
     * Deletes in every table what is older than its rule allows, measured from now. A table that fails stops no other.
     *
     * @param dryRun whether only to say what would be deleted
     */
    public RetentionReport sweep(boolean dryRun) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        stop.begin();
        try {
            return new RetentionReport(
                    now,
                    dryRun,
                    OperationContext.upkeep(() ->
                            rules.stream().map(rule -> sweep(rule, now, dryRun)).toList()));
        } finally {
            stop.end();
        }
    }

    private SweptTable sweep(RetentionRule rule, Instant now, boolean dryRun) {
        SweepResult result = new SweepResult(rule.table(), before(rule, now));
        if (stop.isRequested()) {
            return result.stopped().toTable();
        }
        try (Sessions sessions = new Sessions(catalog.engine(), dataSource)) {
            RetentionTarget target = target(rule, sessions);
            RetentionCheck check = check(target, result.before(), sessions);
            result.warn(check.warnings());
            if (dryRun) {
                result.wouldDelete(check.count());
            } else {
                delete(target, sessions, result);
            }
            result.oldestRemaining(check.oldest(!dryRun));
        } catch (SQLException e) {
            failed(result, describe(e), e);
        } catch (DatabaseStartException e) {
            result.failed(String.valueOf(e.getMessage()), e);
        } catch (DataAccessException e) {
            failed(result, errors.describe(e).orElseGet(RetentionSweeper::unknown), e);
        } catch (RuntimeException e) {
            // Of a data source or a driver that is not ours: the other tables have nothing to do with it.
            String reason = errors.describe(e)
                    .map(DatabaseError::summary)
                    .orElseGet(() -> e.getClass().getSimpleName() + ": " + e.getMessage());
            result.failed(reason, e);
        }
        if (stop.isRequested()) {
            result.stopped();
        }
        return logged(result, dryRun);
    }

    private void delete(RetentionTarget target, Sessions sessions, SweepResult result) throws SQLException {
        TableSweep sweep = new TableSweep(
                target,
                result.before(),
                sessions,
                stop,
                this::describe,
                catalog.engine().sql().maxParameters());
        try {
            sweep.run();
        } finally {
            result.swept(sweep);
        }
    }

    private RetentionTarget target(RetentionRule rule, Sessions sessions) throws SQLException {
        catalog.refreshIfChanged();
        return sessions.read(connection -> RetentionTarget.of(rule, catalog, connection));
    }

    private RetentionCheck check(RetentionTarget target, Instant before, Sessions sessions) {
        return new RetentionCheck(catalog.engine(), target, before, sessions, stop);
    }

    private static Instant before(RetentionRule rule, Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS).minus(rule.maxAge());
    }

    // A statement that was stopped because all end did not fail.
    private void failed(SweepResult result, DatabaseError error, Exception cause) {
        if (stop.isRequested()) {
            log.debug("Retention of table {} was stopped", result.table(), cause);
            return;
        }
        result.failed(error.summary(), cause);
    }

    private DatabaseError describe(SQLException error) {
        return errors.describe(error).orElseGet(RetentionSweeper::unknown);
    }

    private static DatabaseError unknown() {
        return DatabaseError.of(ErrorCode.DATABASE_ERROR, "HY000");
    }

    private static SweptTable logged(SweepResult result, boolean dryRun) {
        SweptTable table = result.toTable();
        table.warnings().forEach(warning -> log.warn("Retention of table {}: {}", table.table(), warning));
        if (table.error() != null) {
            log.warn("Retention of table {} is not complete: {}", table.table(), table.error(), result.cause());
        } else if (!dryRun && table.rows() > 0) {
            log.info(
                    "Retention of table {}: {} row(s) from before {} deleted in {} ms, the longest transaction took {} ms",
                    table.table(),
                    table.rows(),
                    table.before(),
                    table.duration().toMillis(),
                    table.longestBatch().toMillis());
        }
        return table;
    }

    /** Stops the sweeps that run, and waits for their last transaction, 5 s at most. Later ones stop at once. */
    @Override
    public void close() {
        stop.request(PATIENCE);
    }
}
