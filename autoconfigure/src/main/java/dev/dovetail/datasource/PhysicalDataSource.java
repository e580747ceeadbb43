package dev.dovetail.datasource;

import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens physical connections of one role, each wrapped once. Stands below the pool, or serves migrations directly. */
final class PhysicalDataSource extends AbstractDataSource {

    private final EngineConnections connections;
    private final ConnectionServices services;
    private volatile int loginTimeout;

    PhysicalDataSource(EngineConnections connections, ConnectionServices services) {
        this.connections = connections;
        this.services = services;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Connection opened = new ListeningConnection(connections.open(services.role()), services);
            services.guard().answered(services.role(), null);
            return opened;
        } catch (SQLException e) {
            SQLException refined = services.engine().refine(e, false);
            services.guard().answered(services.role(), refined);
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
