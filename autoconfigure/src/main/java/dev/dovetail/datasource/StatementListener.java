package dev.dovetail.datasource;

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
}
