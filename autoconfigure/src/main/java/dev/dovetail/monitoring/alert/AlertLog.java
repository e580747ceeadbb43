package dev.dovetail.monitoring.alert;

import dev.dovetail.engine.Severity;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line when an alert is raised, and one when it is over. */
final class AlertLog implements AlertSink {

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    @Override
    public void onAlert(AlertEvent event) {
        if (event instanceof AlertRaised raised) {
            raised(raised);
        } else if (event instanceof AlertResolved resolved) {
            resolved(resolved.alert());
        }
    }

    private static void raised(AlertRaised event) {
        Alert alert = event.alert();
        String what = event.again() ? "is worse" : "raised";
        if (alert.severity() == Severity.CRITICAL) {
            log.error(
                    "Alert {} ({}) {}: {}. {}",
                    alert.id(),
                    alert.severity(),
                    what,
                    alert.text(),
                    alert.recommendation());
        } else {
            log.warn(
                    "Alert {} ({}) {}: {}. {}",
                    alert.id(),
                    alert.severity(),
                    what,
                    alert.text(),
                    alert.recommendation());
        }
    }

    private static void resolved(Alert alert) {
        log.info(
                "Alert {} ({}) resolved {}; it was found in {} evaluations over {} s",
                alert.id(),
                alert.severity(),
                alert.resolution() == Alert.Resolution.BY_HAND ? "by hand" : "by itself",
                alert.count(),
                Duration.between(alert.firstSeen(), alert.lastSeen()).toSeconds());
    }
}
