package dev.dovetail.autoconfigure;

import dev.dovetail.datasource.RoutingDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.core.Ordered;

/**
 * Lets migrations run on connections of their own, without statement and socket timeouts: a migration may take hours, and
 * must not be cut off in the middle. A data source that the application chose for Flyway stays.
 */
final class MaintenanceConnectionCustomizer implements FlywayConfigurationCustomizer, Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        DataSource dataSource = configuration.getDataSource();
        RoutingDataSource routing = dataSource == null ? null : RoutingDataSource.behind(dataSource);
        if (routing != null) {
            configuration.dataSource(routing.maintenance());
        }
    }
}
