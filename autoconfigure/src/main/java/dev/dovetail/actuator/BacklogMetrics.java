package dev.dovetail.actuator;

import dev.dovetail.transaction.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters {@code dovetail.outbox.*} and {@code dovetail.saga.*}: what is not finished, in the whole database. */
public final class BacklogMetrics implements MeterBinder {

    private final Backlog backlog;

    public BacklogMetrics(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("dovetail.outbox.waiting", backlog, Backlog::waitingMessages)
                .description("Messages that are not delivered yet, 10,000 at most")
                .register(registry);
        Gauge.builder("dovetail.outbox.oldest.age", backlog, Backlog::ageOfOldestMessage)
                .description("How long the oldest message has been waiting")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("dovetail.saga.open", backlog, Backlog::openSagas)
                .description("Sagas that are neither completed nor undone")
                .register(registry);
        Gauge.builder("dovetail.saga.stuck", backlog, Backlog::stuckSagas)
                .description("Open sagas that nobody runs, or that could not be undone so far")
                .register(registry);
    }
}
