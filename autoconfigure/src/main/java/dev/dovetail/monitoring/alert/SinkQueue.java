package dev.dovetail.monitoring.alert;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one sink, in order, on a thread that exists only while there is something to tell. Never blocks. */
final class SinkQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SinkQueue.class);

    private static final int WAITING = 100;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AlertSink sink;
    private final ThreadPoolExecutor thread;

    SinkQueue(AlertSink sink) {
        this.sink = sink;
        this.thread = new ThreadPoolExecutor(
                1, 1, REST.toMillis(), TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread started = new Thread(work, "dovetail-alert");
                    started.setDaemon(true);
                    return started;
                });
        this.thread.allowCoreThreadTimeOut(true);
    }

    void tell(AlertEvent event) {
        try {
            thread.execute(new Delivery(event));
        } catch (RejectedExecutionException e) {
            log.warn(
                    "{} is not told of alert {}: {} events wait for it already, or the application ends",
                    sink,
                    event.alert().id(),
                    thread.getQueue().size());
        }
    }

    private final class Delivery implements Runnable {

        private final AlertEvent event;

        Delivery(AlertEvent event) {
            this.event = event;
        }

        @Override
        public void run() {
            deliver(event);
        }
    }

    private void deliver(AlertEvent event) {
        try {
            sink.onAlert(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            givenUp(event);
        } catch (Exception | LinkageError e) {
            log.warn("{} could not be told of alert {}", sink, event.alert().id(), e);
        }
    }

    /** Lets what waits be told for a moment, then gives up. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                giveUp();
            }
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
        }
    }

    // Somebody may wait for them in vain: the log is all that is left.
    private void giveUp() {
        for (Runnable each : thread.shutdownNow()) {
            if (each instanceof Delivery delivery) {
                givenUp(delivery.event);
            }
        }
    }

    private void givenUp(AlertEvent event) {
        log.warn(
                "{} was not told of alert {}: the application ends",
                sink,
                event.alert().id());
    }
}
