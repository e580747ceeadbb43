package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes an acquisition on to every listener; one that throws silences neither the others nor the caller. */
final class ConnectionListeners implements ConnectionListener {

    private static final Logger log = LoggerFactory.getLogger(ConnectionListeners.class);

    private final List<ConnectionListener> listeners;

    ConnectionListeners(List<ConnectionListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onAcquisition(ConnectionRole role, Duration waited, boolean succeeded) {
        for (ConnectionListener listener : listeners) {
            try {
                listener.onAcquisition(role, waited, succeeded);
            } catch (RuntimeException e) {
                log.warn(
                        "{} failed on an acquisition and was ignored",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
