package dev.dovetail.actuator;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.alert.Alerts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/** The meters {@code dovetail.alerts.*}, by severity. */
public final class AlertMetrics implements MeterBinder {

    private final Alerts alerts;

    public AlertMetrics(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Severity severity : Severity.values()) {
            String tag = severity.name().toLowerCase(Locale.ROOT);
            Gauge.builder("dovetail.alerts.active", alerts, each -> active(each, severity))
                    .description("Alerts that are not over")
                    .tag("severity", tag)
                    .register(registry);
            FunctionCounter.builder("dovetail.alerts.raised", alerts, each -> each.raised(severity))
                    .description("Alerts that were raised")
                    .tag("severity", tag)
                    .register(registry);
        }
    }

    private static double active(Alerts alerts, Severity severity) {
        return alerts.active().stream()
                .filter(alert -> alert.severity() == severity)
                .count();
    }
}
