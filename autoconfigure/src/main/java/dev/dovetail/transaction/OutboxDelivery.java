package dev.dovetail.transaction;

import dev.dovetail.coordination.Lease;
import dev.dovetail.coordination.Leases;
import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Delivers what is in the outbox, while this instance has the right to: one at a time has it. Used by one thread.
 *
 * <p>A message is removed after its handler has returned: if the process ends in between, it is delivered again.
 */
public final class OutboxDelivery {

    private static final Logger log = LoggerFactory.getLogger(OutboxDelivery.class);

    private static final String LEASE = "outbox";
    private static final int LARGEST_DELAY_EXPONENT = 30;

    private record Stored(long number, OutboxMessage message) {}

    private final JdbcOperations jdbc;
    private final Leases leases;
    private final List<OutboxHandler> handlers;
    private final OutboxSettings settings;
    private final String due;
    private final String failure;

    public OutboxDelivery(
            JdbcOperations jdbc, SqlDialect sql, Leases leases, List<OutboxHandler> handlers, OutboxSettings settings) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.handlers = List.copyOf(handlers);
        this.settings = settings;
        String now = sql.currentMillis();
        this.due = "SELECT id, message_id, topic, payload, created_at, attempts FROM dovetail_outbox"
                + " WHERE next_attempt_at <= " + now + " ORDER BY id LIMIT ?";
        this.failure = "UPDATE dovetail_outbox SET attempts = attempts + 1, error = ?, next_attempt_at = " + now
                + " + ? WHERE id = ?";
    }

    /** Delivers what is due; returns how many messages that were, none if another instance delivers. */
    public int deliver() {
        Optional<Lease> lease = leases.acquire(LEASE, settings.ownership());
        if (lease.isEmpty()) {
            return 0;
        }
        try {
            return deliver(lease.get());
        } finally {
            leases.release(lease.get());
        }
    }

    private int deliver(Lease lease) {
        int delivered = 0;
        long renewed = System.nanoTime();
        List<Stored> batch = batch();
        while (!batch.isEmpty()) {
            for (Stored each : batch) {
                if (Thread.currentThread().isInterrupted()) {
                    return delivered;
                }
                // Another instance may have taken over while a handler took its time.
                if (System.nanoTime() - renewed > settings.ownership().toNanos() / 3) {
                    if (!leases.renew(lease, settings.ownership())) {
                        return delivered;
                    }
                    renewed = System.nanoTime();
                }
                delivered += deliver(each) ? 1 : 0;
            }
            batch = batch.size() < settings.batchSize() ? List.of() : batch();
        }
        return delivered;
    }

    private List<Stored> batch() {
        return jdbc.query(
                due,
                (row, number) -> new Stored(
                        row.getLong("id"),
                        new OutboxMessage(
                                row.getString("message_id"),
                                row.getString("topic"),
                                row.getString("payload"),
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                row.getInt("attempts") + 1)),
                settings.batchSize());
    }

    private boolean deliver(Stored stored) {
        OutboxMessage message = stored.message();
        try {
            OutboxHandler handler = handlers.stream()
                    .filter(each -> each.handles(message.topic()))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("No OutboxHandler bean handles topic '" + message.topic() + "'"));
            handler.handle(message);
        } catch (Exception e) {
            failed(stored, e);
            return false;
        }
        jdbc.update("DELETE FROM dovetail_outbox WHERE id = ?", stored.number());
        return true;
    }

    private void failed(Stored stored, Exception failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        OutboxMessage message = stored.message();
        Duration delay = delay(message.attempt());
        log.warn(
                "Message {} of topic '{}' could not be delivered, attempt {}; it is tried again in {} ms",
                message.id(),
                message.topic(),
                message.attempt(),
                delay.toMillis(),
                failed);
        jdbc.update(failure, failed.getClass().getName(), delay.toMillis(), stored.number());
    }

    private Duration delay(int attempt) {
        double grown = settings.firstDelay().toMillis() * Math.pow(2, Math.min(attempt - 1, LARGEST_DELAY_EXPONENT));
        return Duration.ofMillis(
                (long) Math.min(grown, (double) settings.maxDelay().toMillis()));
    }
}
