package dev.dovetail.cache.coherence;

import dev.dovetail.datasource.ChangedTables;
import dev.dovetail.engine.ChangeSignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Messages that the database itself passes on at once. */
final class SignalWire implements Wire {

    static final String CHANNEL = "dovetail_changes";

    private final ChangeSignals signals;
    private final String instance;
    private final AtomicLong unordered = new AtomicLong();
    private final AtomicLong ordered = new AtomicLong();

    SignalWire(ChangeSignals signals, String instance) {
        this.signals = signals;
        this.instance = instance;
    }

    // A number is used up only when its message was sent: if it may have been, it is sent again under the same number.
    @Override
    public void announce(Connection connection, ChangedTables changes, boolean inOrder) throws SQLException {
        long number = inOrder ? ordered.get() + 1 : unordered.incrementAndGet();
        ChangeMessage message = new ChangeMessage(instance, inOrder, number, changes);
        signals.announce(connection, CHANNEL, message.encode(signals.longestPayload()));
        if (inOrder) {
            ordered.set(number);
        }
    }

    @Override
    public Ear ear() {
        return new SignalEar(signals, instance);
    }
}
