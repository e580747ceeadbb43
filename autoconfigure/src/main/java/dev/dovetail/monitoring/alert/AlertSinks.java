package dev.dovetail.monitoring.alert;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who is told of alerts: the log at once, each sink on a thread of its own, so that one that hangs holds up neither
 * the evaluation nor the others. Safe for use by several threads.
 */
public final class AlertSinks implements Consumer<AlertEvent>, AutoCloseable {

    private final AlertLog log = new AlertLog();
    private final Supplier<List<AlertSink>> sinks;
    private @Nullable List<SinkQueue> queues;
    private boolean closed;

    /** @param sinks asked for when the first alert is raised */
    public AlertSinks(Supplier<List<AlertSink>> sinks) {
        this.sinks = sinks;
    }

    @Override
    public void accept(AlertEvent event) {
        log.onAlert(event);
        queues().forEach(queue -> queue.tell(event));
    }

    private synchronized List<SinkQueue> queues() {
        List<SinkQueue> known = queues;
        if (known == null) {
            known = closed
                    ? List.of()
                    : sinks.get().stream().map(SinkQueue::new).toList();
            queues = known;
        }
        return known;
    }

    @Override
    public void close() {
        List<SinkQueue> open;
        synchronized (this) {
            open = queues == null ? List.of() : queues;
            closed = true;
        }
        open.forEach(SinkQueue::close);
    }
}
