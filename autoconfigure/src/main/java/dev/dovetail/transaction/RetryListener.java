package dev.dovetail.transaction;

import dev.dovetail.engine.DatabaseError;

/** Hears of units of work that are run again. Must be quick and safe for use by several threads. */
@FunctionalInterface
public interface RetryListener {

    /**
     * A unit of work failed and is run again after a wait.
     *
     * @param name of the unit
     * @param error because of which it failed
     */
    void onRetry(String name, DatabaseError error);
}
