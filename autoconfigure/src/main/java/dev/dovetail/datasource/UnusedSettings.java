package dev.dovetail.datasource;

import com.zaxxer.hikari.HikariConfig;
import dev.dovetail.engine.PoolSettings;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of HikariCP that an engine overrides: one that has no effect must not go unnoticed. */
final class UnusedSettings {

    // Under the name that it has always had.
    private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

    private UnusedSettings() {}

    static void warn(HikariConfig config, PoolSettings settings, String engine) {
        List<String> unused = new ArrayList<>();
        if (config.getMaximumPoolSize() != settings.size()) {
            unused.add("maximum-pool-size");
        }
        if (config.getMinimumIdle() >= 0 && config.getMinimumIdle() != settings.size()) {
            unused.add("minimum-idle");
        }
        if (config.getMaxLifetime() != settings.maxLifetime().toMillis()) {
            unused.add("max-lifetime");
        }
        if (config.getKeepaliveTime() != settings.keepalive().toMillis()) {
            unused.add("keepalive-time");
        }
        if (!unused.isEmpty()) {
            log.warn(
                    "Pool '{}' has {} connection(s) that live as long as it does, as {} needs it:"
                            + " spring.datasource.hikari.* has no effect on its {}",
                    settings.name(),
                    settings.size(),
                    engine,
                    String.join(", ", unused));
        }
    }
}
