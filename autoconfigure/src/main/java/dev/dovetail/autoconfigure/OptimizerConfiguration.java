package dev.dovetail.autoconfigure;

import dev.dovetail.backup.Backups;
import dev.dovetail.coordination.Leases;
import dev.dovetail.coordination.ScheduledWork;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.maintenance.Checkpointer;
import dev.dovetail.maintenance.LogKeeper;
import dev.dovetail.maintenance.MaintainedDatabase;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.MaintenanceListener;
import dev.dovetail.maintenance.MaintenanceListeners;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.Optimizer;
import dev.dovetail.maintenance.OptimizerSettings;
import dev.dovetail.maintenance.Optimizers;
import dev.dovetail.maintenance.PlacedStep;
import dev.dovetail.maintenance.ScheduledOptimization;
import dev.dovetail.transaction.BackgroundWork;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

/** The optimizer, and what it does by itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(name = Engines.CHOSEN)
class OptimizerConfiguration {

    private final String instance = UUID.randomUUID().toString();

    @Bean
    @ConditionalOnMissingBean
    OptimizerSettings optimizerSettings(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.optimizer().settings());
    }

    @Bean
    @ConditionalOnMissingBean
    MaintenanceHistory maintenanceHistory(DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
        return new MaintenanceHistory(template(dataSource, translator), transactions(dataSource, translator), instance);
    }

    private static JdbcTemplate template(DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        translator.ifUnique(jdbc::setExceptionTranslator);
        return jdbc;
    }

    // Of this data source for certain, as the application's may be a broker's.
    private static TransactionTemplate transactions(
            DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        translator.ifUnique(manager::setExceptionTranslator);
        return new TransactionTemplate(manager);
    }

    @Bean
    MaintenanceListeners maintenanceListeners(ObjectProvider<MaintenanceListener> listeners) {
        return new MaintenanceListeners(listeners.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    Optimizer optimizer(
            DatabaseEngine engine,
            DataSource dataSource,
            OptimizerSettings settings,
            ListableBeanFactory beans,
            ObjectProvider<Backups> backups,
            MaintenanceHistory history,
            ObjectProvider<SQLExceptionTranslator> translator,
            ObjectProvider<Clock> clock,
            MaintenanceListeners listeners) {
        return Optimizers.of(
                MaintainedDatabase.behind(engine, dataSource),
                settings,
                placed(beans),
                backups.getIfUnique(),
                () -> new Leases(
                        template(dataSource, translator), transactions(dataSource, translator), engine.sql(), instance),
                history,
                clock.getIfUnique(Clock::systemUTC),
                listeners);
    }

    private static List<MaintenanceStep> placed(ListableBeanFactory beans) {
        List<MaintenanceStep> steps = new ArrayList<>();
        beans.getBeansOfType(MaintenanceStep.class)
                .forEach((name, step) -> steps.add(new PlacedStep(step, place(beans, name, step))));
        return steps;
    }

    private static int place(ListableBeanFactory beans, String name, MaintenanceStep step) {
        if (step instanceof Ordered ordered) {
            return ordered.getOrder();
        }
        Order order = beans.findAnnotationOnBean(name, Order.class);
        return order == null ? Ordered.LOWEST_PRECEDENCE : order.value();
    }

    /** What is done by itself: with a data source of ours, whose connections past the pools nothing limits. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(EngineConnections.class)
    static class ByItself {

        @Bean
        @ConditionalOnMissingBean
        ScheduledOptimization scheduledOptimization(
                Optimizer optimizer, OptimizerSettings settings, ObjectProvider<Clock> clock) {
            return new ScheduledOptimization(optimizer, settings.schedule(), clock.getIfUnique(Clock::systemUTC));
        }

        @Bean
        @ConditionalOnBooleanProperty(name = "dovetail.optimizer.enabled", matchIfMissing = true)
        ScheduledWork optimizerSchedule(
                ScheduledOptimization optimization, OptimizerSettings settings, ObjectProvider<Clock> clock) {
            return new ScheduledWork(
                    "dovetail-optimizer",
                    settings.schedule(),
                    clock.getIfUnique(Clock::systemUTC),
                    optimization::lastRun,
                    optimization::run);
        }

        @Bean
        CheckpointerHolder checkpointer(
                DatabaseEngine engine,
                DataSource dataSource,
                EngineConnections connections,
                OptimizerSettings settings,
                ObjectProvider<Clock> clock,
                MaintenanceListeners listeners) {
            return new CheckpointerHolder(Checkpointer.of(
                    MaintainedDatabase.behind(engine, dataSource),
                    connections.files(),
                    settings.upkeep().logBytes(),
                    clock.getIfUnique(Clock::systemUTC),
                    listeners));
        }

        @Bean
        BackgroundWork checkpointRounds(CheckpointerHolder checkpointer, OptimizerSettings settings) {
            boolean wanted =
                    settings.enabled() && !settings.checkpointInterval().isZero();
            return new BackgroundWork(
                    "dovetail-checkpoint",
                    settings.checkpointInterval(),
                    () -> wanted ? checkpointer.known().map(each -> each) : Optional.empty());
        }

        // It hears of writers, so it is there before the data source.
        @Bean
        @ConditionalOnMissingBean
        LogKeeper logKeeper() {
            return new LogKeeper();
        }

        @Bean
        BackgroundWork logKeeping(
                LogKeeper keeper,
                DatabaseEngine engine,
                DataSource dataSource,
                EngineConnections connections,
                OptimizerSettings settings) {
            boolean wanted =
                    settings.enabled() && !settings.checkpointInterval().isZero();
            return new BackgroundWork(
                    "dovetail-log",
                    LogKeeper.INTERVAL,
                    () -> wanted && keeper.keep(MaintainedDatabase.behind(engine, dataSource), connections.files())
                            ? Optional.of(keeper)
                            : Optional.empty());
        }
    }

    /** The checkpointer, where the database has a log to copy. */
    record CheckpointerHolder(Optional<Checkpointer> known) {}
}
