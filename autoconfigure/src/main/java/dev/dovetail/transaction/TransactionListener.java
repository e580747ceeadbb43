package dev.dovetail.transaction;

import java.time.Duration;

/** Hears of transactions that have ended. Must be quick and safe for use by several threads. */
@FunctionalInterface
public interface TransactionListener {

    /**
     * A transaction has ended.
     *
     * @param committed false if it was rolled back, or if nobody knows
     */
    void onTransaction(Duration duration, boolean committed);
}
