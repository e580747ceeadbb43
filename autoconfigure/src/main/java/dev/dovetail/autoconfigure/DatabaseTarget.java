package dev.dovetail.autoconfigure;

import dev.dovetail.engine.ConnectionTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;

/**
 * Which database was asked for: by connection details (Testcontainers, Docker Compose), else by
 * {@code spring.datasource.*}, else by {@code dovetail.postgresql.host}, else by nothing.
 */
final class DatabaseTarget {

    private final DovetailProperties properties;
    private final DataSourceProperties dataSource;
    private final @Nullable JdbcConnectionDetails details;
    private final String applicationName;

    DatabaseTarget(
            DovetailProperties properties,
            DataSourceProperties dataSource,
            @Nullable JdbcConnectionDetails details,
            Environment environment) {
        this.properties = properties;
        this.dataSource = dataSource;
        this.details = details;
        this.applicationName = environment.getProperty("spring.application.name", "app");
    }

    ConnectionTarget resolve() {
        if (details != null) {
            return new ConnectionTarget(
                    details.getJdbcUrl(), details.getUsername(), details.getPassword(), applicationName);
        }
        return new ConnectionTarget(url(), dataSource.getUsername(), dataSource.getPassword(), applicationName);
    }

    private @Nullable String url() {
        if (dataSource.getUrl() != null) {
            return dataSource.getUrl();
        }
        DovetailProperties.Postgresql postgresql = properties.postgresql();
        if (postgresql.host() == null) {
            return null;
        }
        String database = postgresql.database() != null ? postgresql.database() : applicationName;
        return "jdbc:postgresql://%s:%d/%s".formatted(postgresql.host(), postgresql.port(), database);
    }
}
