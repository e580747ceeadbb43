package dev.dovetail.datasource;

/** How long a statement may keep the engine busy, and how long it has. */
final class StatementBudget {

    private long limitNanos;
    // Written by the watchdog alone while the statement runs; the owner resets it between runs.
    private volatile long usedNanos;

    /** A limit of zero means none. */
    void start(long limitNanos) {
        this.limitNanos = limitNanos;
        this.usedNanos = 0;
    }

    /** Charges time to it and tells whether it is used up. */
    boolean charge(long nanos) {
        long used = usedNanos + nanos;
        usedNanos = used;
        return limitNanos > 0 && used >= limitNanos;
    }

    long limitNanos() {
        return limitNanos;
    }
}
