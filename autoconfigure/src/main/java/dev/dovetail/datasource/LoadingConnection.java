package dev.dovetail.datasource;

import dev.dovetail.engine.BulkLoad;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a connection of the layer unwraps to: one that also takes rows in the engine's own way for many. */
public interface LoadingConnection {

    /**
     * Runs and reports it as a statement that changes rows.
     *
     * @param timeoutSeconds the longest it may run; 0 for no limit of its own
     * @return how many rows were stored
     */
    long load(BulkLoad load, int timeoutSeconds) throws SQLException;

    /**
     * How long a statement may run in the current transaction, in seconds; 0 where that has no time limit.
     *
     * @throws org.springframework.transaction.TransactionTimedOutException if its time is up
     */
    static int secondsLeft(@Nullable DataSource dataSource) {
        return dataSource != null
                        && TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                        && holder.hasTimeout()
                ? holder.getTimeToLiveInSeconds()
                : 0;
    }
}
