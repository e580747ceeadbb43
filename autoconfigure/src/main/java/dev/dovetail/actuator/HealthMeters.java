package dev.dovetail.actuator;

import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters {@code dovetail.health.*}. */
public final class HealthMeters implements MeterBinder {

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
