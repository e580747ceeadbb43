package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.migration.PortableMigrations;
import java.util.stream.Collectors;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.core.Ordered;

/** Sets Flyway up for the engine in use; last, so that placeholders set by the application's customizers win. */
final class PortableFlywayCustomizer implements FlywayConfigurationCustomizer, Ordered {

    private final ObjectProvider<DatabaseEngine> engines;

    PortableFlywayCustomizer(ObjectProvider<DatabaseEngine> engines) {
        this.engines = engines;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        PortableMigrations migrations = migrations(engines);
        if (migrations != null) {
            migrations.configure(configuration);
        }
    }

    /** Without an engine that knows the database, Flyway stays as Boot sets it up. */
    static @Nullable PortableMigrations migrations(ObjectProvider<DatabaseEngine> engines) {
        DatabaseEngine engine = engines.getIfUnique();
        return engine == null || engine instanceof UnknownEngine
                ? null
                : new PortableMigrations(
                        engine, engines.stream().map(DatabaseEngine::name).collect(Collectors.toUnmodifiableSet()));
    }
}
