package dev.dovetail.cache.coherence;

import dev.dovetail.coordination.Rounds;
import dev.dovetail.datasource.ChangeAnnouncer;
import dev.dovetail.datasource.ChangedTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other instances what this one changes: in the transaction itself, or soon after it, what has come together by then in
 * one message. Its rounds send the latter. Safe for use by several threads.
 */
final class InstanceAnnouncer implements ChangeAnnouncer, Rounds.Round {

    private static final Logger log = LoggerFactory.getLogger(InstanceAnnouncer.class);

    private final boolean transactional;
    private final Wires wires;
    private final Connecting connecting;
    private final Object sending = new Object();
    private ChangedTables untold = ChangedTables.NONE;
    private boolean ended;
    private @Nullable Connection connection;

    InstanceAnnouncer(boolean transactional, Wires wires, Connecting connecting) {
        this.transactional = transactional;
        this.wires = wires;
        this.connecting = connecting;
    }

    @Override
    public boolean isTransactional() {
        return transactional;
    }

    @Override
    public void announce(Connection changing, ChangedTables changes) throws SQLException {
        wires.at(changing).announce(changing, changes, false);
    }

    @Override
    public void committed(ChangedTables changes) {
        if (add(changes)) {
            flush();
        }
    }

    // What comes after the last round has nobody else to send it.
    private synchronized boolean add(ChangedTables changes) {
        untold = untold.and(changes);
        return ended;
    }

    private synchronized @Nullable ChangedTables take() {
        ChangedTables taken = untold;
        untold = ChangedTables.NONE;
        return taken.isNone() ? null : taken;
    }

    /** @throws IllegalStateException if it could not be sent; it is kept for the next round */
    @Override
    public void run(BooleanSupplier goesOn) {
        synchronized (sending) {
            ChangedTables taken = take();
            if (taken != null) {
                send(taken);
            }
        }
    }

    private void send(ChangedTables changes) {
        try {
            Connection open = connected();
            wires.at(open).announce(open, changes, true);
        } catch (SQLException e) {
            add(changes);
            disconnect();
            throw new IllegalStateException("Other instances could not be told of changes yet: " + e.getMessage(), e);
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connecting.impatient();
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("A connection could not be closed", e);
            }
        }
    }

    @Override
    public void end() {
        synchronized (this) {
            ended = true;
        }
        flush();
    }

    private void flush() {
        synchronized (sending) {
            try {
                run(() -> true);
            } catch (IllegalStateException e) {
                log.warn("The application ends before other instances could be told of its last changes", e);
            } finally {
                disconnect();
            }
        }
    }
}
