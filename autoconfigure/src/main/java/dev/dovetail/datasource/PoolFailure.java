package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What it means that a pool had no connection to give. */
final class PoolFailure {

    private PoolFailure() {}

    // HikariCP says the same whether every connection is in use or none can be opened; its cause tells.
    static SQLException explained(SQLTransientConnectionException timeout, PoolStatus status, DatabaseEngine engine) {
        if (timeout.getCause() instanceof SQLException failure) {
            return new DescribedSqlException(
                    "No connection to the database could be opened by pool " + timeout.getMessage(),
                    engine.classify(failure),
                    timeout);
        }
        String numbers = "Pool '%s' has %d connection(s), of which %d are in use, and %d caller(s) wait."
                .formatted(status.name(), status.total(), status.active(), status.waiting());
        return new DescribedSqlException(
                "No connection became free in pool " + timeout.getMessage()
                        + ". Shorten transactions, or raise the size of the pool.",
                DatabaseError.of(ErrorCode.POOL_EXHAUSTED, "53300")
                        .suggesting(numbers + " Shorten transactions, or raise the size of the pool."),
                timeout);
    }
}
