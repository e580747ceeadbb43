package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a statement on to every listener; one that throws silences neither the others nor the statement. */
final class StatementListeners implements StatementListener {

    private static final Logger log = LoggerFactory.getLogger(StatementListeners.class);

    private final List<StatementListener> listeners;

    StatementListeners(List<StatementListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    // Of each statement: two loops, so that none has to be packed for a third.
    @Override
    public void onStatement(StatementEvent event) {
        for (StatementListener listener : listeners) {
            try {
                listener.onStatement(event);
            } catch (RuntimeException e) {
                failed(listener, "a statement", e);
            }
        }
    }

    @Override
    public void onCommit(ConnectionRole role, long transactionId, @Nullable SQLException error) {
        for (StatementListener listener : listeners) {
            try {
                listener.onCommit(role, transactionId, error);
            } catch (RuntimeException e) {
                failed(listener, "a commit", e);
            }
        }
    }

    private static void failed(StatementListener listener, String of, RuntimeException failure) {
        log.warn("{} failed on {} and was ignored", listener.getClass().getName(), of, failure);
    }
}
