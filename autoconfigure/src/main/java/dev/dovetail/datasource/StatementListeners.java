package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
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

    @Override
    public void onStatement(StatementEvent event) {
        tell(listener -> listener.onStatement(event), "a statement");
    }

    @Override
    public void onCommit(ConnectionRole role, long transactionId, @Nullable SQLException error) {
        tell(listener -> listener.onCommit(role, transactionId, error), "a commit");
    }

    private void tell(Consumer<StatementListener> news, String of) {
        for (StatementListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                log.warn("{} failed on {} and was ignored", listener.getClass().getName(), of, e);
            }
        }
    }
}
