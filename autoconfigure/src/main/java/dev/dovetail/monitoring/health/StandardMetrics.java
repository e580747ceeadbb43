package dev.dovetail.monitoring.health;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The numbers of pools. */
public final class StandardMetrics implements HealthMetrics {

    private final String name;
    private final Supplier<Map<String, Object>> numbers;

    private StandardMetrics(String name, Supplier<Map<String, Object>> numbers) {
        this.name = name;
        this.numbers = numbers;
    }

    /** {@code pools}: each pool as it stands; nothing of pools that are not ours. */
    public static HealthMetrics pools(DataSource dataSource) {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        return new StandardMetrics("pools", () -> {
            Map<String, Object> pools = new LinkedHashMap<>();
            if (own != null) {
                own.pools().forEach(pool -> pools.put(pool.name(), shown(pool)));
            }
            return pools;
        });
    }

    /** A pool with its utilisation, as health and the endpoint show it. */
    public static Map<String, Object> shown(PoolStatus pool) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("active", pool.active());
        shown.put("idle", pool.idle());
        shown.put("total", pool.total());
        shown.put("waiting", pool.waiting());
        shown.put("maximum", pool.maximum());
        shown.put("peak", pool.peak());
        shown.put("utilisation", pool.utilisation());
        return shown;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Object> read() {
        return numbers.get();
    }
}
