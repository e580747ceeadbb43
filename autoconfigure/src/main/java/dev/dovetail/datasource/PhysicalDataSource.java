package dev.dovetail.datasource;

import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens physical connections of one role, each wrapped once. Stands below the pool, or serves migrations directly. */
final class PhysicalDataSource extends AbstractDataSource {

    private final EngineConnections connections;
    private final ConnectionServices services;
    private volatile int loginTimeout;
    private volatile BooleanSupplier unconnected = () -> true;

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

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Connection opened = new ListeningConnection(connections.open(services.role()), services);
            services.guard().answered(services.role(), null);
            return opened;
        } catch (SQLException e) {
            SQLException refined = services.engine().refine(e, false);
            if (unconnected.getAsBoolean()) {
                services.guard().answered(services.role(), refined);
            }
            throw refined;
        }
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
