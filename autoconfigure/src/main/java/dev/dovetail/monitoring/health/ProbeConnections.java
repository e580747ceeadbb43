package dev.dovetail.monitoring.health;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the probes of one evaluation get their connections: beside the pools, which may be exhausted just when somebody must
 * find out why, and unseen by those who count statements.
 */
@FunctionalInterface
interface ProbeConnections {

    /** What the probes of one evaluation share. */
    Opened open() throws SQLException;

    /** Those of Dovetail's own. */
    static ProbeConnections of(EngineConnections connections) {
        return () -> {
            requireInPlace(connections.files());
            return new Opened(
                    role -> connections.open(role == ConnectionRole.WRITER ? ConnectionRole.MAINTENANCE : role));
        };
    }

    // What lies there now is not what the application uses, and another rule says so.
    private static void requireInPlace(@Nullable DatabaseFiles files) throws SQLException {
        if (files != null && !files.inPlace()) {
            throw new SQLException("The database file was deleted or replaced while it is open");
        }
    }

    /** Those of an application's data source. */
    static ProbeConnections of(DataSource dataSource) {
        return () -> new Opened(role -> dataSource.getConnection());
    }

    /** Opens one of a kind. */
    @FunctionalInterface
    interface Source {
        Connection open(ConnectionRole role) throws SQLException;
    }

    /**
     * Whom no connection could be opened to in one evaluation. A server that was taken from the network makes one rule wait,
     * not all of them one after the other.
     */
    final class Openings {

        private final Set<ConnectionRole> unanswered = ConcurrentHashMap.newKeySet();

        Connection of(Opened opened, ConnectionRole role) throws SQLException, UnanswerableException {
            if (!unanswered.add(role)) {
                throw new UnanswerableException("No connection could be opened for an earlier rule");
            }
            Connection connection = opened.of(role);
            unanswered.remove(role);
            return connection;
        }
    }

    /** Connections of one evaluation, each opened when the first probe needs it. */
    final class Opened implements AutoCloseable {

        private static final Logger log = LoggerFactory.getLogger(ProbeConnections.class);

        private final Source source;
        private final Map<ConnectionRole, Connection> connections = new EnumMap<>(ConnectionRole.class);
        private final Map<ConnectionRole, Integer> timeouts = new EnumMap<>(ConnectionRole.class);
        private boolean closed;

        Opened(Source source) {
            this.source = source;
        }

        Connection of(ConnectionRole role) throws SQLException {
            synchronized (connections) {
                Connection known = connections.get(role);
                if (known != null) {
                    return known;
                }
            }
            Connection opened = source.open(role);
            keep(role, opened);
            int timeout = opened.getNetworkTimeout();
            synchronized (connections) {
                timeouts.put(role, timeout);
            }
            NetworkPatience.limit(opened);
            return opened;
        }

        // Whoever was given up on may still come back with one, which nobody would close.
        private void keep(ConnectionRole role, Connection opened) throws SQLException {
            synchronized (connections) {
                if (!closed) {
                    connections.put(role, opened);
                    return;
                }
            }
            close(opened);
            throw new SQLTimeoutException("The connection was opened too late");
        }

        @Override
        public void close() {
            synchronized (connections) {
                closed = true;
                connections.forEach((role, each) -> {
                    restore(each, timeouts.get(role));
                    close(each);
                });
                connections.clear();
            }
        }

        // It may go back to a pool that resets nothing.
        private static void restore(Connection connection, @Nullable Integer timeout) {
            try {
                if (timeout != null && !connection.isClosed()) {
                    NetworkPatience.set(connection, timeout);
                }
            } catch (SQLException e) {
                log.debug("The connection of health could not be given back as it was", e);
            }
        }

        private static void close(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("The connection of health could not be closed", e);
            }
        }
    }
}
