package dev.dovetail.actuator;

import dev.dovetail.monitoring.health.DatabaseFigures;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;

/** The meters {@code dovetail.health.*}, and those of the numbers that an evaluation of health has read. */
public final class HealthMeters implements MeterBinder {

    private static final Map<String, String> STATES =
            Map.of("active", "active", "idle", "idle", "idleInTransaction", "idle_in_transaction", "other", "other");

    private final HealthMonitor monitor;

    public HealthMeters(HealthMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("dovetail.health.evaluations", monitor, HealthMonitor::evaluations)
                .description("How often the rules of health were evaluated")
                .register(registry);
        Gauge.builder("dovetail.health.status", monitor, HealthMeters::status)
                .description(
                        "What the rules of health found last: 0 is up, 1 is degraded, 2 is down; nothing before the first time")
                .register(registry);
    }

    /** What the last evaluation found of an embedded database's file, beside its size. */
    public static MeterBinder ofFile(HealthMonitor monitor) {
        return registry -> {
            bytes(
                    registry,
                    monitor,
                    "dovetail.database.free",
                    "freeBytes",
                    "Room in the database file that holds nothing");
            bytes(
                    registry,
                    monitor,
                    "dovetail.disk.free",
                    "diskFreeBytes",
                    "Free room on the disk of the database file");
        };
    }

    /** What the last evaluation found of a server's database. */
    public static MeterBinder ofServer(HealthMonitor monitor) {
        return registry -> {
            bytes(registry, monitor, "dovetail.database.size", "bytes", "Size of the database; on SQLite of its file");
            Gauge.builder("dovetail.database.dead.rows", monitor, each -> number(figures(each), "deadRows"))
                    .description("Rows of tables that are dead and not vacuumed yet")
                    .register(registry);
            Gauge.builder("dovetail.database.cache.hit.rate", monitor, each -> number(figures(each), "cacheHitRate"))
                    .description("Share of blocks that the server has found in its memory since its counters began")
                    .register(registry);
            STATES.forEach((key, state) -> Gauge.builder(
                            "dovetail.database.connections", monitor, each -> connections(each, key))
                    .description("Connections of everybody to the database, by what they do")
                    .tag("state", state)
                    .register(registry));
        };
    }

    private static void bytes(
            MeterRegistry registry, HealthMonitor monitor, String name, String figure, String description) {
        Gauge.builder(name, monitor, each -> number(figures(each), figure))
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private static double connections(HealthMonitor monitor, String key) {
        return figures(monitor).get("connections") instanceof Map<?, ?> connections
                ? number(connections, key)
                : Double.NaN;
    }

    // Whoever scrapes never asks the database, and is not kept waiting by it.
    private static Map<String, Object> figures(HealthMonitor monitor) {
        return monitor.last()
                .map(report -> report.metrics().getOrDefault(DatabaseFigures.NAME, Map.of()))
                .orElse(Map.of());
    }

    private static double number(Map<?, ?> figures, String key) {
        return figures.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double status(HealthMonitor monitor) {
        return monitor.last().map(report -> number(report.status())).orElse(Double.NaN);
    }

    private static double number(HealthStatus status) {
        return switch (status) {
            case UP -> 0;
            case DEGRADED -> 1;
            case DOWN -> 2;
        };
    }
}
