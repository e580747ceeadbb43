package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.alert.AlertEvent;
import dev.dovetail.monitoring.alert.AlertSink;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes alerts to the application's own {@code @EventListener} methods. */
final class SpringEvents implements AlertSink {

    private final ApplicationEventPublisher publisher;

    SpringEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void onAlert(AlertEvent event) {
        publisher.publishEvent(event);
    }

    @Override
    public String toString() {
        return "An event listener";
    }
}
