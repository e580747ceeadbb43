package dev.dovetail.monitoring.alert;

/** What becomes of an alert. Also published as an event of Spring, for {@code @EventListener} methods. */
public sealed interface AlertEvent permits AlertRaised, AlertResolved {

    /** As it is after this. */
    Alert alert();
}
