package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * How a kind of database says what its planner would do if there were other indexes. Nothing of the database is changed, not for
 * a moment: what has to exist for it, exists apart from it. Without state, and safe for use by several threads.
 */
public interface PlanTrials {

    /**
     * Prepares to try indexes.
     *
     * @param connection used by the session alone until it is closed, and not in a transaction
     * @throws SQLException if the database does not allow it; the message says why
     */
    Session open(Connection connection) throws SQLException;

    /** The statement that creates an index and holds up nobody, where that can be had. */
    String createIndex(IndexCandidate index, String name);

    /** The same of a table that this connection is asked about: not each kind of them can be had without holding up anybody. */
    default String createIndex(Connection connection, IndexCandidate index, String name) throws SQLException {
        return createIndex(index, name);
    }

    /** Trials one after the other, for one thread. Closing it leaves the connection open and the database as it was. */
    interface Session extends AutoCloseable {

        /**
         * Begins a trial; the one before must have been closed.
         *
         * @param fingerprint of the statement
         * @param tables what it reads, by each name and alias in small letters
         * @throws SQLException if the statement or one of its tables cannot be planned apart from the database
         */
        PlanTrial begin(String fingerprint, Map<String, TableInfo> tables) throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
