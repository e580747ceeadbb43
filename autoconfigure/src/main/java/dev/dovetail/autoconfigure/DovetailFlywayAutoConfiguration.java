package dev.dovetail.autoconfigure;

import dev.dovetail.backup.Backups;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.migration.BackupBeforeMigration;
import dev.dovetail.migration.BackupPolicy;
import dev.dovetail.migration.MigrationLock;
import dev.dovetail.migration.OwnMigrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link AutoConfiguration Auto-configuration} for migrations: one set of scripts for every engine, several instances
 * that start at once, and the layer's own tables. Boot's {@code spring.flyway.*} properties hold.
 */
@AutoConfiguration(
        before = FlywayAutoConfiguration.class,
        after = DataSourceAutoConfiguration.class,
        afterName = "dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration")
@ConditionalOnClass({Flyway.class, FlywayAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "spring.flyway.enabled", matchIfMissing = true)
@Conditional(DovetailFlywayAutoConfiguration.SomethingToMigrate.class)
@ImportRuntimeHints(DovetailFlywayAutoConfiguration.OwnScriptsHints.class)
public final class DovetailFlywayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PortableFlywayCustomizer portableFlywayCustomizer(ObjectProvider<DatabaseEngine> engines) {
        return new PortableFlywayCustomizer(engines);
    }

    @Bean
    @ConditionalOnMissingBean
    MigrationLock migrationLock(
            ObjectProvider<EngineConnections> connections, ObjectProvider<FlywayProperties> properties) {
        DatabaseFiles files = filesOf(connections.getIfUnique());
        return files == null
                ? MigrationLock.none()
                : MigrationLock.beside(Path.of(files.path()), patience(properties.getIfUnique(FlywayProperties::new)));
    }

    @Bean
    @ConditionalOnMissingBean
    MaintenanceConnectionCustomizer maintenanceConnectionCustomizer() {
        return new MaintenanceConnectionCustomizer();
    }

    private static @Nullable DatabaseFiles filesOf(@Nullable EngineConnections connections) {
        return connections == null ? null : connections.files();
    }

    /** As long as Flyway waits for its own lock on the other engines: it asks once in a second. */
    private static Duration patience(FlywayProperties properties) {
        int seconds = properties.getLockRetryCount();
        return seconds < 0 ? ChronoUnit.FOREVER.getDuration() : Duration.ofSeconds(seconds);
    }

    /** Whoever brings a Flyway of their own also decides when it migrates: Boot has no initializer then, nor have we. */
    @Bean
    @ConditionalOnMissingBean({Flyway.class, FlywayMigrationInitializer.class})
    LockedFlywayMigrationInitializer flywayInitializer(
            Flyway flyway,
            ObjectProvider<FlywayMigrationStrategy> strategy,
            MigrationLock lock,
            BackupBeforeMigration backup) {
        return new LockedFlywayMigrationInitializer(flyway, strategy.getIfAvailable(), lock, backup);
    }

    @Bean
    @ConditionalOnMissingBean
    BackupBeforeMigration backupBeforeMigration(
            ObjectProvider<DovetailProperties> settings,
            ObjectProvider<Backups> backups,
            ObjectProvider<EngineConnections> connections,
            ObjectProvider<DatabaseEngine> engines,
            ObjectProvider<FlywayProperties> properties) {
        DatabaseEngine engine = engines.getIfUnique();
        return new BackupBeforeMigration(
                policy(settings.getIfUnique(), connections.getIfUnique()),
                backups.getIfUnique(),
                engine == null ? SqlDialect.STANDARD : engine.sql(),
                patience(properties.getIfUnique(FlywayProperties::new)));
    }

    private static BackupPolicy policy(@Nullable DovetailProperties settings, @Nullable EngineConnections connections) {
        boolean endsWithUs = connections != null && connections.isTemporary();
        return settings == null || endsWithUs
                ? BackupPolicy.NEVER
                : settings.migration().policy();
    }

    @Bean
    @ConditionalOnMissingBean
    OwnMigrationsInitializer ownMigrationsInitializer(
            ObjectProvider<DatabaseEngine> engines,
            ObjectProvider<Flyway> flyway,
            ObjectProvider<DataSource> dataSource,
            MigrationLock lock) {
        return new OwnMigrationsInitializer(engines, flyway, dataSource, lock, OwnMigrations.ROOT);
    }

    /** Flyway's PostgreSQL module is optional. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension")
    static class PostgresqlLock {

        @Bean
        @ConditionalOnMissingBean
        SessionLockCustomizer sessionLockCustomizer(ObjectProvider<FlywayProperties> properties) {
            return new SessionLockCustomizer(properties);
        }
    }

    /** The same condition as {@link FlywayAutoConfiguration}'s, which cannot be referred to. */
    static final class SomethingToMigrate extends AnyNestedCondition {

        SomethingToMigrate() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(DataSource.class)
        static final class DataSourceBean {}

        @ConditionalOnBean(JdbcConnectionDetails.class)
        static final class ConnectionDetailsBean {}

        @ConditionalOnProperty("spring.flyway.url")
        static final class FlywayUrl {}
    }

    /** Boot registers the application's scripts, these are ours. */
    static final class OwnScriptsHints implements RuntimeHintsRegistrar {

        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            hints.resources().registerPattern(OwnMigrations.ROOT + "/**");
        }
    }
}
