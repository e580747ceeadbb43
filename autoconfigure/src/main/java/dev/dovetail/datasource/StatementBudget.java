package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
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

    /** What is told of a statement that was stopped in between two of its rows. */
    static SQLException interrupted() {
        return new SQLException("The statement was interrupted", "57014");
    }

    /** What is told of a statement that was stopped, with this error, because its time was up. */
    SQLException exceeded(SQLException error) {
        return new DescribedSqlException(
                "The statement was stopped because it ran longer than " + TimeUnit.NANOSECONDS.toMillis(limitNanos)
                        + " ms, which is its own limit or dovetail.query-timeout.",
                DatabaseError.of(ErrorCode.QUERY_TIMEOUT, "57014"),
                error);
    }
}
