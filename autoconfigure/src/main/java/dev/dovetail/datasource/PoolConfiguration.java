package dev.dovetail.datasource;

import com.zaxxer.hikari.HikariConfig;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.PoolSettings;
import java.util.function.Consumer;

/**
 * How a pool is set up.
 *
 * @param hikari what HikariCP is told
 * @param autoCommit whether the application's connections are to begin in autocommit mode
 */
record PoolConfiguration(HikariConfig hikari, boolean autoCommit) {

    /** @param customizer has the last word on what the engine leaves open */
    static PoolConfiguration of(
            PhysicalDataSource physical,
            ConnectionServices services,
            PoolSettings settings,
            Consumer<HikariConfig> customizer) {
        HikariConfig config = new HikariConfig();
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setKeepaliveTime(settings.keepalive().toMillis());
        config.setMaximumPoolSize(settings.size());
        customizer.accept(config);
        if (settings.fixed()) {
            UnusedSettings.warn(config, settings, services.engine().name());
            config.setMaximumPoolSize(settings.size());
            config.setMinimumIdle(settings.size());
            config.setMaxLifetime(settings.maxLifetime().toMillis());
            config.setKeepaliveTime(settings.keepalive().toMillis());
            config.setIdleTimeout(0);
        }
        config.setPoolName(settings.name());
        config.setDataSource(physical);
        // Ours begin late: a connection at rest with autocommit off would hold SQLite's write lock.
        boolean autoCommit = config.isAutoCommit();
        config.setAutoCommit(true);
        config.setReadOnly(services.role() == ConnectionRole.READER);
        config.setExceptionOverride(new Eviction(services.engine()));
        return new PoolConfiguration(config, autoCommit);
    }
}
