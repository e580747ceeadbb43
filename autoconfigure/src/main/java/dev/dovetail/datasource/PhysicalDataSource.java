package dev.dovetail.datasource;

import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens physical connections of one role, each wrapped once. Stands below the pool, or serves migrations directly. */
final class PhysicalDataSource extends AbstractDataSource {

    private static final Logger log = LoggerFactory.getLogger(PhysicalDataSource.class);

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final List<Connection> opened = new ArrayList<>();
    private final EngineConnections connections;
    private final ConnectionServices services;
    private volatile PauseGate gate = new PauseGate();
    private volatile int loginTimeout;
    private volatile BooleanSupplier unconnected = () -> true;
    private volatile @Nullable SQLException failure;

    PhysicalDataSource(EngineConnections connections, ConnectionServices services) {
        this.connections = connections;
        this.services = services;
    }

    /**
     * Says whether there is no connection at all: a server that accepts no more of them, but goes on serving those it has, is
     * not one that does not answer.
     */
    void whileUnconnected(BooleanSupplier unconnected) {
        this.unconnected = unconnected;
    }

    /** While this gate is closed, nothing is opened: the pool would fill itself with connections that must not be there. */
    void behind(PauseGate pause) {
        gate = pause;
    }

    @Override
    public Connection getConnection() throws SQLException {
        gate.pass(System.nanoTime() + LONGEST_PAUSE.toNanos());
        try {
            Connection connection = connections.open(services.role());
            remember(connection);
            Connection listening = new ListeningConnection(connection, services);
            failure = null;
            services.guard().answered(services.role(), null);
            return listening;
        } catch (SQLException e) {
            SQLException refined = services.engine().refine(e, false);
            failure = refined;
            if (unconnected.getAsBoolean()) {
                services.guard().answered(services.role(), refined);
            }
            throw refined;
        }
    }

    /** Why the last one could not be opened; null if it could. */
    @Nullable
    SQLException failure() {
        return failure;
    }

    // Few are ever opened, so that looking through them each time costs nothing.
    private synchronized void remember(Connection connection) throws SQLException {
        for (Iterator<Connection> each = opened.iterator(); each.hasNext(); ) {
            if (each.next().isClosed()) {
                each.remove();
            }
        }
        opened.add(connection);
    }

    /** Ends every connection that is still open, whatever runs on it. */
    synchronized void abortOpened() {
        for (Connection each : opened) {
            try {
                each.abort(Runnable::run);
            } catch (SQLException | RuntimeException e) {
                log.debug("A connection could not be ended", e);
            }
        }
        opened.clear();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    // HikariCP sets it to its connection timeout; the engines have their own timeouts for connecting.
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    // So long HikariCP waits at its end for a connection that is just being opened, which nobody would close otherwise.
    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }
}
