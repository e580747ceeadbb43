package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.migration.MigrationLock;
import dev.dovetail.migration.OwnMigrations;
import dev.dovetail.migration.PortableMigrations;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Creates the layer's own tables when the application starts, after the application's migrations and before every bean
 * that uses the database.
 *
 * <p>After, not before: tables of ours in an empty schema would make Flyway take a new database for one that was filled
 * by hand, and refuse it; and a strategy that cleans before it migrates would drop them.
 */
final class OwnMigrationsInitializer implements InitializingBean {

    private final ObjectProvider<DatabaseEngine> engines;
    private final ObjectProvider<Flyway> flyway;
    private final ObjectProvider<DataSource> dataSource;
    private final MigrationLock lock;
    private final String root;

    OwnMigrationsInitializer(
            ObjectProvider<DatabaseEngine> engines,
            ObjectProvider<Flyway> flyway,
            ObjectProvider<DataSource> dataSource,
            MigrationLock lock,
            String root) {
        this.engines = engines;
        this.flyway = flyway;
        this.dataSource = dataSource;
        this.lock = lock;
        this.root = root;
    }

    @Override
    public void afterPropertiesSet() {
        PortableMigrations migrations = PortableFlywayCustomizer.migrations(engines);
        Configuration application = application();
        // Our scripts are written in the engine's words: one without words has no tables of ours.
        if (migrations != null && !migrations.engine().migrationWords().isEmpty() && application != null) {
            new OwnMigrations(application, migrations, lock, root).apply();
        }
    }

    /** How the application migrates; one that has several ways, or none, is met at its data source. */
    private @Nullable Configuration application() {
        Flyway unique = flyway.getIfUnique();
        if (unique != null) {
            return unique.getConfiguration();
        }
        DataSource own = dataSource.getIfUnique();
        return own == null ? null : Flyway.configure().dataSource(own);
    }
}
