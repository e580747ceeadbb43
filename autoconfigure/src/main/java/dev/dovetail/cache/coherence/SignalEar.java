package dev.dovetail.cache.coherence;

import dev.dovetail.datasource.ChangedTables;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.ChangeSignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears the messages of others on one connection, and asks for a sign of life where none comes. */
final class SignalEar implements Wire.Ear {

    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int MOST_INSTANCES = 1000;

    private final ChangeSignals signals;
    private final String instance;
    private final Map<String, Long> lastNumbers = new LinkedHashMap<>();
    private long aliveAt;

    SignalEar(ChangeSignals signals, String instance) {
        this.signals = signals;
        this.instance = instance;
    }

    @Override
    public void begin(Connection connection, Connecting others) throws SQLException {
        String own = "dovetail_" + instance;
        signals.listen(connection, SignalWire.CHANNEL);
        signals.listen(connection, own);
        try (Connection other = others.impatient()) {
            signals.announce(other, own, own);
        }
        awaitOwn(connection, own);
    }

    // Behind a pooler that gives each transaction another session, listening succeeds, and nothing ever comes.
    private void awaitOwn(Connection connection, String own) throws SQLException {
        aliveAt = System.nanoTime();
        while (!signals.await(connection, MOMENT).contains(own)) {
            if (System.nanoTime() - aliveAt > Connecting.SILENCE.toNanos()) {
                throw new SQLException(
                        "The database's own messages do not arrive on this connection, as behind PgBouncer in transaction"
                                + " mode. Set dovetail.cache.signals=table on all instances.");
            }
        }
    }

    @Override
    public void hear(Connection connection, TableVersions versions) throws SQLException {
        List<String> payloads = signals.await(connection, MOMENT);
        if (!payloads.isEmpty()) {
            aliveAt = System.nanoTime();
            apply(payloads, versions);
        } else if (System.nanoTime() - aliveAt > HEARTBEAT.toNanos() - MOMENT.toNanos()) {
            signals.ping(connection);
            aliveAt = System.nanoTime();
        }
    }

    private void apply(List<String> payloads, TableVersions versions) {
        ChangedTables changed = ChangedTables.NONE;
        for (String payload : payloads) {
            ChangeMessage message = ChangeMessage.decode(payload);
            if (message == null || isGap(message)) {
                changed = ChangedTables.EVERYTHING;
            } else if (!message.instance().equals(instance)) {
                changed = changed.and(message.changes());
            }
        }
        versions.move(changed);
    }

    // Numbers that are taken in transactions come in another order, and not at all after a rollback.
    private boolean isGap(ChangeMessage message) {
        if (!message.ordered()) {
            return false;
        }
        if (lastNumbers.size() >= MOST_INSTANCES) {
            lastNumbers.clear();
        }
        @Nullable Long last = lastNumbers.put(message.instance(), message.number());
        return last != null && message.number() > last + 1;
    }
}
