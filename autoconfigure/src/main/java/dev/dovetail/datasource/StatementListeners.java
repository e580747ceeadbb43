package dev.dovetail.datasource;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a statement on to every listener; one that throws silences neither the others nor the statement. */
final class StatementListeners implements StatementListener {

    private static final Logger log = LoggerFactory.getLogger(StatementListeners.class);

    private final List<StatementListener> listeners;

    StatementListeners(List<StatementListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onStatement(StatementEvent event) {
        for (StatementListener listener : listeners) {
            try {
                listener.onStatement(event);
            } catch (RuntimeException e) {
                log.warn(
                        "{} failed on a statement and was ignored",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
