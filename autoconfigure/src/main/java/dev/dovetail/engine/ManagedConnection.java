package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;

/** A physical connection whose transactions and timeouts the data source must help along. */
public interface ManagedConnection extends Connection {

    /**
     * Begins the transaction if autocommit is off and none is open. Called before every statement, so that a transaction
     * begins with its first statement and never silently continues in autocommit.
     */
    void begin() throws SQLException;

    /**
     * Waits for locks no longer than this, in milliseconds, although the connection's settings allow longer; 0 for as long
     * as they allow. Returns whether that is shorter.
     */
    boolean limitWaiting(long millis) throws SQLException;

    /**
     * How many prepared statements that nobody uses the data source may keep for this connection; 0 for none. It keeps those
     * that are {@linkplain ReusableStatement reusable}.
     */
    int preparedStatementCacheSize();

    /** Stops what this connection is running, from any thread. Does nothing if it runs nothing. */
    void interrupt();
}
