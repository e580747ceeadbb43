package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Sees every statement that a connection of the layer executes, once, after it has ended: when it failed, when its update
 * count is known, or when its result has been read to the end or closed.
 *
 * <p>A bean of this type is created before the data source, so it must not depend on it. Called on the thread that used the statement, which waits for it: implementations must be quick, must not use the
 * database, and must be safe for use by several threads. What they throw is logged and otherwise ignored.
 */
@FunctionalInterface
public interface StatementListener {

    /** A statement has ended. */
    void onStatement(StatementEvent event);

    /**
     * A transaction that had begun was committed, or could not be: what its statements changed may be written only then. Does
     * nothing by default.
     *
     * @param transactionId the one of its {@linkplain StatementEvent#transactionId statements}
     * @param error why it could not be committed; {@code null} if it was
     */
    default void onCommit(ConnectionRole role, long transactionId, @Nullable SQLException error) {}
}
