package dev.dovetail.autoconfigure;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.core.Ordered;

/**
 * Lets Flyway hold its lock on PostgreSQL outside a transaction, unless {@code spring.flyway.postgresql.transactional-lock}
 * says otherwise. Inside one, {@code CREATE INDEX CONCURRENTLY} waits for Flyway's own transaction, for ever.
 */
final class SessionLockCustomizer implements FlywayConfigurationCustomizer, Ordered {

    private final ObjectProvider<FlywayProperties> properties;

    SessionLockCustomizer(ObjectProvider<FlywayProperties> properties) {
        this.properties = properties;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        PostgreSQLConfigurationExtension extension =
                configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class);
        if (extension != null && !decidedByApplication()) {
            extension.setTransactionalLock(false);
        }
    }

    private boolean decidedByApplication() {
        FlywayProperties given = properties.getIfUnique();
        return given != null && given.getPostgresql().getTransactionalLock() != null;
    }
}
