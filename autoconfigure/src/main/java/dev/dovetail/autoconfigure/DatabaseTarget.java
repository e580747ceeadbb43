package dev.dovetail.autoconfigure;

import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseStartException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

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

    /** @throws DatabaseStartException if what was asked for cannot be had */
    ConnectionTarget resolve() {
        requireHikari();
        requireTimeout();
        if (details != null) {
            return new ConnectionTarget(
                    details.getJdbcUrl(), details.getUsername(), details.getPassword(), applicationName);
        }
        if (!StringUtils.hasText(dataSource.getUrl()) && hasParts()) {
            // The credentials belong to the parts, which may stay in the configuration while another engine is chosen.
            return wantsPostgresql() ? atUrl(urlOfParts()) : new ConnectionTarget(null, null, null, applicationName);
        }
        return atUrl(StringUtils.hasText(dataSource.getUrl()) ? dataSource.getUrl() : null);
    }

    private ConnectionTarget atUrl(@Nullable String url) {
        return new ConnectionTarget(url, dataSource.getUsername(), dataSource.getPassword(), applicationName);
    }

    // Two pools that know their engine cannot be any other; to take it silently would be worse than not to start.
    private void requireHikari() {
        Class<?> type = dataSource.getType();
        if (type != null && !type.getName().equals("com.zaxxer.hikari.HikariDataSource")) {
            throw new DatabaseStartException(
                    "spring.datasource.type is " + type.getName() + ", but the pools are HikariCP's",
                    "Remove spring.datasource.type, or define a DataSource bean of that type, or set"
                            + " dovetail.enabled=false to get Spring Boot's data source.",
                    null);
        }
    }

    private void requireTimeout() {
        if (properties.queryTimeout().isNegative()) {
            throw ValidatedSettings.refusal("dovetail.query-timeout must be 0 (no limit) or more, but is "
                    + DurationStyle.SIMPLE.print(properties.queryTimeout()));
        }
    }

    private boolean hasParts() {
        return StringUtils.hasText(properties.postgresql().host());
    }

    private boolean wantsPostgresql() {
        String type = properties.type();
        return !StringUtils.hasText(type) || type.trim().equalsIgnoreCase("postgresql");
    }

    private String urlOfParts() {
        DovetailProperties.Postgresql parts = properties.postgresql();
        if (parts.port() < 1 || parts.port() > 65535) {
            throw ValidatedSettings.refusal("dovetail.postgresql.port must be from 1 to 65535, but is " + parts.port());
        }
        String host = String.valueOf(parts.host()).trim();
        String database = StringUtils.hasText(parts.database()) ? parts.database() : applicationName;
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(
                        host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host,
                        parts.port(),
                        URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
