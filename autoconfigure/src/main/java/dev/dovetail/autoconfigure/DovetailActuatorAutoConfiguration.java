package dev.dovetail.autoconfigure;

import dev.dovetail.Database;
import dev.dovetail.actuator.AdviceSection;
import dev.dovetail.actuator.AlertMetrics;
import dev.dovetail.actuator.AlertSection;
import dev.dovetail.actuator.BacklogMetrics;
import dev.dovetail.actuator.BackupHealth;
import dev.dovetail.actuator.BackupMetrics;
import dev.dovetail.actuator.BackupSection;
import dev.dovetail.actuator.CacheMetrics;
import dev.dovetail.actuator.CacheSection;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.actuator.DatabaseMetrics;
import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.actuator.DovetailWebEndpoint;
import dev.dovetail.actuator.EndpointSection;
import dev.dovetail.actuator.HealthMeters;
import dev.dovetail.actuator.MaintenanceMetrics;
import dev.dovetail.actuator.MaintenanceSection;
import dev.dovetail.backup.Backups;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.coordination.ScheduledWork;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.maintenance.Checkpointer;
import dev.dovetail.maintenance.Optimizer;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.StorageFailures;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.transaction.Backlog;
import dev.dovetail.transaction.CircuitStates;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Health, meters and the endpoint, where the libraries for them are there. */
@AutoConfiguration(
        after = DovetailDataSourceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnBean(Database.class)
@Import({StatisticsActuatorConfiguration.class, ConsoleConfiguration.class, ObservationConfiguration.class})
public final class DovetailActuatorAutoConfiguration {

    /** It may be wrapped by whatever else looks at data sources. */
    private static @Nullable RoutingDataSource routing(ObjectProvider<DataSource> dataSource) {
        DataSource own = dataSource.getIfUnique();
        return own == null ? null : RoutingDataSource.behind(own);
    }

    private static @Nullable DatabaseFiles filesOf(ObjectProvider<EngineConnections> connections) {
        EngineConnections own = connections.getIfUnique();
        return own == null ? null : own.files();
    }

    private static @Nullable Checkpointer checkpointerOf(
            ObjectProvider<OptimizerConfiguration.CheckpointerHolder> holder) {
        OptimizerConfiguration.CheckpointerHolder own = holder.getIfUnique();
        return own == null ? null : own.known().orElse(null);
    }

    /** Health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AbstractHealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "dovetailHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("dovetail")
        DatabaseHealthIndicator dovetailHealthIndicator(
                Database database,
                ObjectProvider<DataSource> dataSource,
                ObjectProvider<EngineConnections> connections,
                ObjectProvider<StorageFailures> storageFailures,
                ObjectProvider<CircuitStates> circuit,
                ObjectProvider<Backups> backups,
                ObjectProvider<HealthMonitor> monitor) {
            Backups own = backups.getIfUnique();
            return new DatabaseHealthIndicator(
                    database,
                    routing(dataSource),
                    filesOf(connections),
                    storageFailures.getIfUnique(),
                    circuit.getIfUnique(),
                    own == null ? null : new BackupHealth(own),
                    monitor.getIfUnique());
        }
    }

    /** The endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        DovetailEndpoint dovetailEndpoint(
                Database database,
                ObjectProvider<DataSource> dataSource,
                ObjectProvider<SchemaCatalog> catalog,
                ObjectProvider<EndpointSection> sections,
                ObjectProvider<EndpointAccessResolver> access) {
            return new DovetailEndpoint(
                    database,
                    routing(dataSource),
                    catalog.getIfUnique(),
                    sections.orderedStream().toList(),
                    isWritable(access.getIfUnique()));
        }

        private static boolean isWritable(@Nullable EndpointAccessResolver access) {
            return access != null && access.accessFor(DovetailEndpoint.ID, Access.READ_ONLY) == Access.UNRESTRICTED;
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(DovetailEndpoint.class)
        @ConditionalOnAvailableEndpoint(endpoint = DovetailEndpoint.class)
        DovetailWebEndpoint dovetailWebEndpoint(DovetailEndpoint endpoint) {
            return new DovetailWebEndpoint(endpoint);
        }

        @Bean
        @ConditionalOnMissingBean
        CacheSection cacheSection(Database database, ObjectProvider<CacheCoherence> coherence) {
            return new CacheSection(database, coherence.getIfUnique());
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(Backups.class)
        BackupSection backupSection(Backups backups) {
            return new BackupSection(backups);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(Alerts.class)
        AlertSection alertSection(Alerts alerts) {
            return new AlertSection(alerts);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(Optimizer.class)
        MaintenanceSection maintenanceSection(
                Optimizer optimizer,
                @Qualifier("optimizerSchedule") ObjectProvider<ScheduledWork> schedule,
                ObjectProvider<OptimizerConfiguration.CheckpointerHolder> checkpointer) {
            return new MaintenanceSection(optimizer, schedule.getIfAvailable(), checkpointerOf(checkpointer));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(Advisor.class)
        AdviceSection adviceSection(Advisor advisor) {
            return new AdviceSection(advisor);
        }
    }

    /** Meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean({MeterRegistry.class, EngineConnections.class})
    static class MetricsConfiguration {

        @Bean
        @ConditionalOnMissingBean
        DatabaseMetrics databaseMetrics() {
            return new DatabaseMetrics();
        }

        // The registry may itself stand on the database, so it is only asked for when everything is there.
        @Bean
        SmartInitializingSingleton databaseMetricsStart(
                DatabaseMetrics metrics, ObjectProvider<MeterRegistry> registry) {
            return () -> registry.ifUnique(metrics::startCounting);
        }

        @Bean
        @ConditionalOnMissingBean
        BackupMetrics backupMetrics() {
            return new BackupMetrics();
        }

        @Bean
        SmartInitializingSingleton backupMetricsStart(BackupMetrics metrics, ObjectProvider<MeterRegistry> registry) {
            return () -> registry.ifUnique(metrics::startCounting);
        }

        @Bean
        @ConditionalOnMissingBean
        MaintenanceMetrics maintenanceMetrics() {
            return new MaintenanceMetrics();
        }

        @Bean
        SmartInitializingSingleton maintenanceMetricsStart(
                MaintenanceMetrics metrics, ObjectProvider<MeterRegistry> registry) {
            return () -> registry.ifUnique(metrics::startCounting);
        }

        @Bean
        @ConditionalOnBean(Backups.class)
        MeterBinder newestBackupMetrics(BackupMetrics metrics, Backups backups) {
            return metrics.newest(backups);
        }

        @Bean
        MeterBinder checkpointMetrics(ObjectProvider<OptimizerConfiguration.CheckpointerHolder> checkpointer) {
            Checkpointer own = checkpointerOf(checkpointer);
            return own == null ? registry -> {} : MaintenanceMetrics.checkpoints(own);
        }

        @Bean
        MeterBinder poolMetrics(ObjectProvider<DataSource> dataSource) {
            RoutingDataSource routing = routing(dataSource);
            return routing == null ? registry -> {} : DatabaseMetrics.pools(routing);
        }

        @Bean
        @ConditionalOnBean(Alerts.class)
        MeterBinder alertMetrics(Alerts alerts) {
            return new AlertMetrics(alerts);
        }

        @Bean
        @ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
        MeterBinder healthMetrics(HealthMonitor monitor) {
            return new HealthMeters(monitor);
        }

        @Bean
        @ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
        MeterBinder databaseFigureMetrics(HealthMonitor monitor, EngineConnections connections) {
            return connections.files() == null ? HealthMeters.ofServer(monitor) : HealthMeters.ofFile(monitor);
        }

        @Bean
        MeterBinder circuitMetrics(ObjectProvider<CircuitStates> circuit) {
            CircuitStates states = circuit.getIfUnique();
            return states == null ? registry -> {} : DatabaseMetrics.circuit(states);
        }

        @Bean
        @ConditionalOnBean(Backlog.class)
        MeterBinder backlogMetrics(Backlog backlog) {
            return new BacklogMetrics(backlog);
        }

        @Bean
        @ConditionalOnBean(ResultCaches.class)
        MeterBinder cacheMetrics(ResultCaches caches) {
            return new CacheMetrics(caches);
        }

        @Bean
        MeterBinder cacheCoherenceMetrics(ObjectProvider<CacheCoherence> coherence) {
            CacheCoherence own = coherence.getIfUnique();
            return own == null ? registry -> {} : DatabaseMetrics.coherence(own);
        }

        @Bean
        MeterBinder databaseFileMetrics(EngineConnections connections) {
            DatabaseFiles files = connections.files();
            return files == null ? registry -> {} : DatabaseMetrics.files(files);
        }
    }
}
