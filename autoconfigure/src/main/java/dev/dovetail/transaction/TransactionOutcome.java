package dev.dovetail.transaction;

/** How a transaction has ended. */
public enum TransactionOutcome {
    COMMIT,
    ROLLBACK,
    /** Nobody knows whether it was committed. */
    UNKNOWN
}
