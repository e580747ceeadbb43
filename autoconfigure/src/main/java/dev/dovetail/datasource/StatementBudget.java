package dev.dovetail.datasource;

import java.util.concurrent.atomic.AtomicLong;

/** How long a statement may keep the engine busy, and how long it has. */
final class StatementBudget {

    private final AtomicLong usedNanos = new AtomicLong();
    private volatile long limitNanos;

    /** A limit of zero means none. */
    void start(long limitNanos) {
        this.limitNanos = limitNanos;
        this.usedNanos.set(0);
    }

    /** Charges time to it and tells whether it is used up; what belongs to its last run is not charged to the next. */
    boolean charge(long nanos) {
        long used = usedNanos.get();
        boolean charged = usedNanos.compareAndSet(used, used + nanos);
        return charged && limitNanos > 0 && used + nanos >= limitNanos;
    }

    long limitNanos() {
        return limitNanos;
    }
}
