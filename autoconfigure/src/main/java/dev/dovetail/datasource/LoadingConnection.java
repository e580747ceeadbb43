package dev.dovetail.datasource;

import dev.dovetail.engine.BulkLoad;
import java.sql.SQLException;

/** What a connection of the layer unwraps to: one that also takes rows in the engine's own way for many. */
public interface LoadingConnection {

    /**
     * Runs and reports it as a statement that changes rows.
     *
     * @return how many rows were stored
     */
    long load(BulkLoad load) throws SQLException;
}
