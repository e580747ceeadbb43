package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the pools: may refuse a connection at once while the database is known not to answer. Must be safe for use by
 * several threads.
 */
public interface ConnectionGuard {

    /** One that lets everybody pass. */
    ConnectionGuard NONE = new ConnectionGuard() {
        @Override
        public Connection acquire(ConnectionRole role, Acquisition acquisition) throws SQLException {
            return acquisition.acquire();
        }

        @Override
        public void answered(ConnectionRole role, @Nullable SQLException error) {}
    };

    /** Takes a connection out of a pool. One that was taken and is not handed on has to be given back here; others wait for it. */
    @FunctionalInterface
    interface Acquisition {

        Connection acquire() throws SQLException;

        /** Gives back one that is not handed on. */
        default void giveBack(Connection connection) throws SQLException {
            connection.close();
        }
    }

    /** Takes the connection, or refuses to. */
    Connection acquire(ConnectionRole role, Acquisition acquisition) throws SQLException;

    /**
     * The database answered a statement, or an attempt to connect.
     *
     * @param error what went wrong; null if nothing did
     */
    void answered(ConnectionRole role, @Nullable SQLException error);

    /** The last time of each kind of connections in which callers were refused, also if it is over by now. */
    default List<Outage> outages() {
        return List.of();
    }
}
