package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What it means that a pool gave out no connection in time. */
final class AcquisitionTimeout {

    private static final String ADVICE = "Shorten transactions, or raise the size of the pool.";

    private AcquisitionTimeout() {}

    /** @param unopened why the last connection could not be opened; null if it could */
    static SQLException explained(
            SQLTransientConnectionException timeout,
            DatabaseEngine engine,
            PoolStatus status,
            @Nullable SQLException unopened) {
        // HikariCP says the same whether every connection is in use or none can be opened. Its cause tells, but only
        // one of
        // those who wait, and nobody who waits before the pool.
        SQLException told = timeout.getCause() instanceof SQLException cause ? cause : null;
        SQLException failure = told == null && status.total() == 0 ? unopened : told;
        if (failure != null) {
            return new DescribedSqlException(
                    "No connection to the database could be opened by pool " + timeout.getMessage(),
                    engine.classify(failure),
                    timeout);
        }
        String numbers = "Pool '%s' has %d connection(s), of which %d are in use, and %d caller(s) wait. "
                .formatted(status.name(), status.total(), status.active(), status.waiting());
        return new DescribedSqlException(
                "No connection became free in pool " + timeout.getMessage() + ". " + ADVICE,
                DatabaseError.of(ErrorCode.POOL_EXHAUSTED, "53300").suggesting(numbers + ADVICE),
                timeout);
    }
}
