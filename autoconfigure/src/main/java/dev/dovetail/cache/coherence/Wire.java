package dev.dovetail.cache.coherence;

import dev.dovetail.datasource.ChangedTables;
import dev.dovetail.datasource.TableVersions;
import java.sql.Connection;
import java.sql.SQLException;

/** The way in which changes get from the instance that makes them to the others. Safe for use by several threads. */
interface Wire {

    /**
     * Announces changes; in a transaction, if and only if it is committed.
     *
     * @param ordered whether they are announced one after the other, with numbers that show if one is missing
     */
    void announce(Connection connection, ChangedTables changes, boolean ordered) throws SQLException;

    /** Somebody who listens on one connection. */
    Ear ear();

    /** Listens on one connection. Used by one thread. */
    interface Ear {

        /**
         * From when this returns on, everything that others commit will be heard.
         *
         * @param others opens another connection, by which it is tried
         * @throws SQLException also if nothing is heard in this way
         */
        void begin(Connection connection, Connecting others) throws SQLException;

        /** Waits a moment for news, a quarter of a second at most, and lets the tables move that have changed. */
        void hear(Connection connection, TableVersions versions) throws SQLException;
    }
}
