package dev.dovetail.transaction;

import java.util.function.Consumer;

/**
 * Follows transactions from their begin to their end, on the thread to which each belongs. One that is left out around a
 * single statement does not begin. Must be quick and safe for use by several threads. What it throws is logged and otherwise
 * ignored.
 */
@FunctionalInterface
public interface TransactionObserver {

    /** Looks at nothing. */
    TransactionObserver NONE = (name, readOnly) -> outcome -> {};

    /**
     * A transaction has begun. Another one may begin and end before it does.
     *
     * @param name that its options or the method that began it gave it; empty without one
     * @param readOnly whether it was declared read-only
     * @return told once, when it has ended
     */
    Consumer<TransactionOutcome> onBegin(String name, boolean readOnly);
}
