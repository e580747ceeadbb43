package dev.dovetail.autoconfigure;

import dev.dovetail.backup.BackupAgeRule;
import dev.dovetail.backup.BackupFailureRule;
import dev.dovetail.backup.BackupSchedule;
import dev.dovetail.backup.Backups;
import dev.dovetail.cache.HitRateRule;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.cache.coherence.ListeningRule;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.Threshold;
import dev.dovetail.maintenance.CheckpointRule;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.OptimizerRule;
import dev.dovetail.migration.FailedMigrationRule;
import dev.dovetail.monitoring.health.HealthRule;
import dev.dovetail.monitoring.health.RememberedFigures;
import dev.dovetail.monitoring.health.SlowestStatementRule;
import dev.dovetail.monitoring.health.StandardRules;
import dev.dovetail.monitoring.health.StorageFailures;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The rules of everything there is. Collected when they are needed first, because an application's own may need the database,
 * which needs whoever evaluates them.
 */
final class HealthRules implements Supplier<List<HealthRule>> {

    private final ListableBeanFactory beans;
    private @Nullable List<HealthRule> collected;

    HealthRules(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public synchronized List<HealthRule> get() {
        List<HealthRule> known = collected;
        if (known == null) {
            known = List.copyOf(collect().values());
            collected = known;
        }
        return known;
    }

    // A rule of the application takes the place of ours that is called the same.
    private Map<String, HealthRule> collect() {
        Map<String, HealthRule> rules = new LinkedHashMap<>();
        standard().forEach(rule -> rules.put(rule.id(), rule));
        ofFeatures().forEach(rule -> rules.put(rule.id(), rule));
        beans.getBeanProvider(HealthRule.class).orderedStream().forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }

    private List<HealthRule> standard() {
        return StandardRules.of(
                beans.getBean(Engines.CHOSEN, DatabaseEngine.class),
                beans.getBean(DataSource.class),
                unique(EngineConnections.class),
                unique(StorageFailures.class),
                unique(RememberedFigures.class));
    }

    private List<HealthRule> ofFeatures() {
        List<HealthRule> rules = new ArrayList<>();
        StatementStatistics statistics = unique(StatementStatistics.class);
        if (statistics != null) {
            rules.add(new SlowestStatementRule(statistics));
        }
        CacheCoherence coherence = unique(CacheCoherence.class);
        if (coherence != null) {
            rules.add(new ListeningRule(coherence));
        }
        Backups backups = unique(Backups.class);
        BackupSchedule schedule = unique(BackupSchedule.class);
        if (backups != null && schedule != null) {
            rules.add(new BackupAgeRule(backups, schedule));
            rules.add(new BackupFailureRule(schedule));
        }
        MaintenanceHistory history = unique(MaintenanceHistory.class);
        if (history != null) {
            rules.add(new OptimizerRule(history));
        }
        OptimizerConfiguration.CheckpointerHolder checkpointer =
                unique(OptimizerConfiguration.CheckpointerHolder.class);
        if (checkpointer != null) {
            checkpointer.known().map(CheckpointRule::new).ifPresent(rules::add);
        }
        return rules;
    }

    private <T> @Nullable T unique(Class<T> type) {
        return beans.getBeanProvider(type).getIfUnique();
    }

    /** The thresholds of all rules that there may be, with whichever engine, by their ids. */
    Map<String, @Nullable Threshold> thresholds() {
        Map<String, @Nullable Threshold> thresholds = StandardRules.thresholds();
        for (DatabaseEngine engine : Engines.in(beans)) {
            for (HealthProbe probe : engine.healthProbes()) {
                thresholds.put(probe.id(), probe.threshold());
            }
        }
        thresholds.put(HitRateRule.ID, HitRateRule.THRESHOLD);
        thresholds.put(ListeningRule.ID, ListeningRule.THRESHOLD);
        thresholds.put(BackupAgeRule.ID, BackupAgeRule.THRESHOLD);
        thresholds.put(BackupFailureRule.ID, BackupFailureRule.THRESHOLD);
        thresholds.put(OptimizerRule.ID, null);
        thresholds.put(CheckpointRule.ID, CheckpointRule.THRESHOLD);
        thresholds.put(FailedMigrationRule.ID, null);
        get().forEach(rule -> thresholds.put(rule.id(), rule.threshold()));
        return thresholds;
    }
}
