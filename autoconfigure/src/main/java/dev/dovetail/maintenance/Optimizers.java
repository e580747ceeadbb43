package dev.dovetail.maintenance;

import dev.dovetail.backup.Backups;
import dev.dovetail.coordination.Leases;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseEngine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts optimizers together. */
public final class Optimizers {

    private Optimizers() {}

    /** One of the database behind this data source, with default settings and no steps but the engine's. */
    public static Optimizer on(DatabaseEngine engine, DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        jdbc.setExceptionTranslator(new DatabaseExceptionTranslator(engine));
        manager.setExceptionTranslator(new DatabaseExceptionTranslator(engine));
        TransactionTemplate transactions = new TransactionTemplate(manager);
        String instance = UUID.randomUUID().toString();
        return of(
                MaintainedDatabase.behind(engine, dataSource),
                OptimizerSettings.DEFAULTS,
                List.of(),
                null,
                () -> new Leases(jdbc, transactions, engine.sql(), instance),
                new MaintenanceHistory(jdbc, transactions, instance),
                Clock.systemUTC(),
                new MaintenanceListeners(List.of()));
    }

    /**
     * One of this database.
     *
     * @param further steps beside the engine's own, which all have their place in one order
     * @param leases asked for when they are needed first: not every database has the clock for them
     * @param backups of which the newest is examined; null if there are none
     */
    public static Optimizer of(
            MaintainedDatabase database,
            OptimizerSettings settings,
            List<MaintenanceStep> further,
            @Nullable Backups backups,
            Supplier<Leases> leases,
            MaintenanceHistory history,
            Clock clock,
            MaintenanceListeners listeners) {
        List<MaintenanceStep> steps = new ArrayList<>();
        database.upkeep().tasks(settings.upkeep()).forEach(task -> steps.add(new EngineStep(task)));
        steps.add(new IntegrityStep(backups, settings.integrityInterval(), history, clock));
        steps.addAll(further);
        AnnotationAwareOrderComparator.sort(steps);
        return new Optimizer(new StepRunner(database, steps), leases, history, clock, listeners);
    }
}
