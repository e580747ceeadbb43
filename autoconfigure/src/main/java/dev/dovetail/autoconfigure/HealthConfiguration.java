package dev.dovetail.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dovetail.backup.Backups;
import dev.dovetail.cache.CacheHealthMetrics;
import dev.dovetail.cache.HitRateRule;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.migration.FailedMigrationRule;
import dev.dovetail.migration.MigrationHistory;
import dev.dovetail.migration.OwnMigrations;
import dev.dovetail.monitoring.health.CountedStatements;
import dev.dovetail.monitoring.health.DatabaseFigures;
import dev.dovetail.monitoring.health.HealthHistory;
import dev.dovetail.monitoring.health.HealthListener;
import dev.dovetail.monitoring.health.HealthMetrics;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthSettings;
import dev.dovetail.monitoring.health.QueryFigures;
import dev.dovetail.monitoring.health.RememberedFigures;
import dev.dovetail.monitoring.health.StandardMetrics;
import dev.dovetail.monitoring.health.StorageFailures;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.transaction.BackgroundWork;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** Whether the database is well, and who looks at it from time to time. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(name = Engines.CHOSEN)
@EnableConfigurationProperties(HealthProperties.class)
class HealthConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HealthSettings healthSettings(HealthProperties properties) {
        return ValidatedSettings.of(properties::settings);
    }

    // It hears statements, so it is there before the data source.
    @Bean
    @ConditionalOnMissingBean
    StorageFailures storageFailures(DatabaseEngine engine) {
        return new StorageFailures(engine);
    }

    @Bean
    HealthRules healthRules(ListableBeanFactory beans) {
        return new HealthRules(beans);
    }

    @Bean
    @ConditionalOnMissingBean
    HealthMonitor healthMonitor(
            HealthSettings settings,
            HealthRules rules,
            ObjectProvider<HealthMetrics> metrics,
            ObjectProvider<HealthListener> listeners,
            ObjectProvider<Backups> backups,
            ObjectProvider<Clock> clock) {
        return new HealthMonitor(
                settings,
                rules,
                () -> metrics.orderedStream().toList(),
                () -> listeners.orderedStream().toList(),
                () -> isRestoring(backups.getIfUnique()),
                clock.getIfUnique(Clock::systemUTC));
    }

    private static boolean isRestoring(@Nullable Backups backups) {
        return backups != null && backups.isRestoring();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
    BackgroundWork healthRounds(HealthMonitor monitor, HealthSettings settings, HealthRules rules) {
        return new BackgroundWork("dovetail-health", settings.interval(), () -> {
            ValidatedSettings.of(() -> checked(settings, rules));
            return Optional.of(monitor);
        });
    }

    // A rule that is not there would be silence where somebody expects to be told.
    private static HealthSettings checked(HealthSettings settings, HealthRules rules) {
        settings.check(rules.thresholds());
        return settings;
    }

    @Bean
    @ConditionalOnBean(EngineConnections.class)
    HealthMetrics poolHealthMetrics(DataSource dataSource) {
        return StandardMetrics.pools(dataSource);
    }

    @Bean
    @ConditionalOnBean(EngineConnections.class)
    HealthMetrics databaseHealthMetrics(DatabaseEngine engine, EngineConnections connections) {
        return new DatabaseFigures(engine.upkeep(), connections);
    }

    @Bean
    @ConditionalOnMissingBean
    HealthHistory healthHistory() {
        return new HealthHistory();
    }

    @Bean
    @ConditionalOnBean(StatementStatistics.class)
    @ConditionalOnMissingBean(QueryFigures.Source.class)
    CountedStatements countedStatements(StatementStatistics statistics, HealthSettings settings) {
        return new CountedStatements(statistics, settings.interval());
    }

    @Bean
    @ConditionalOnBean(QueryFigures.Source.class)
    @ConditionalOnMissingBean
    RememberedFigures rememberedFigures(QueryFigures.Source source) {
        return new RememberedFigures(source);
    }

    /** Caches. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Caffeine.class)
    @ConditionalOnBean(ResultCaches.class)
    static class OfCaches {

        @Bean
        @ConditionalOnMissingBean
        HitRateRule hitRateRule(ResultCaches caches) {
            return new HitRateRule(caches);
        }

        @Bean
        @ConditionalOnMissingBean
        CacheHealthMetrics cacheHealthMetrics(ResultCaches caches) {
            return new CacheHealthMetrics(caches);
        }
    }

    /** Migrations. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Flyway.class)
    static class OfMigrations {

        @Bean
        @ConditionalOnMissingBean
        FailedMigrationRule failedMigrationRule(
                DataSource dataSource,
                ObjectProvider<SQLExceptionTranslator> translator,
                ObjectProvider<Flyway> flyway) {
            return new FailedMigrationRule(jdbc(dataSource, translator), () -> histories(flyway.getIfUnique()));
        }

        @Bean
        @ConditionalOnMissingBean
        MigrationHistory migrationHistory(
                DataSource dataSource,
                ObjectProvider<SQLExceptionTranslator> translator,
                DatabaseEngine engine,
                ObjectProvider<Flyway> flyway) {
            return new MigrationHistory(
                    jdbc(dataSource, translator), engine.sql(), () -> histories(flyway.getIfUnique()));
        }

        private static JdbcTemplate jdbc(DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            translator.ifUnique(jdbc::setExceptionTranslator);
            return jdbc;
        }

        // The application's own, and ours beside it.
        private static List<String> histories(@Nullable Flyway flyway) {
            if (flyway == null) {
                return List.of();
            }
            var configuration = flyway.getConfiguration();
            return Stream.of(configuration.getTable(), OwnMigrations.HISTORY_TABLE)
                    .map(table -> named(configuration.getDefaultSchema(), table))
                    .toList();
        }

        private static String named(@Nullable String schema, String table) {
            return (schema == null ? "" : quoted(schema) + '.') + quoted(table);
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }
}
