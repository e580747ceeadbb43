package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * How a database passes short messages on from those who write to those who listen. Without state, and safe for use by several
 * threads; a connection is used by one thread at a time.
 */
public interface ChangeSignals {

    /** How long a payload may be, in bytes. */
    int longestPayload();

    /** Whether the product that answers can do it. */
    boolean areSupported(Connection connection) throws SQLException;

    /**
     * Sends a message. In a transaction it is delivered if and only if that is committed, and not before others can see what was
     * committed.
     *
     * @param payload printable ASCII, {@link #longestPayload()} bytes at most
     */
    void announce(Connection connection, String channel, String payload) throws SQLException;

    /** Delivers to this connection whatever is committed from now on. It is to be used for nothing else, in autocommit mode. */
    void listen(Connection connection, String channel) throws SQLException;

    /**
     * Waits for messages.
     *
     * @return the payloads in the order in which they were committed; empty if none has come in time
     * @throws SQLException if the connection is lost
     */
    List<String> await(Connection connection, Duration atMost) throws SQLException;

    /** Asks the server for a sign of life. */
    void ping(Connection connection) throws SQLException;
}
