package dev.dovetail.datasource;

import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens physical connections of one role, each wrapped once. Stands below the pool, or serves migrations directly. */
final class PhysicalDataSource extends AbstractDataSource {

    private final EngineConnections connections;
    private final ConnectionServices services;

    PhysicalDataSource(EngineConnections connections, ConnectionServices services) {
        this.connections = connections;
        this.services = services;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return new ListeningConnection(connections.open(services.role()), services);
        } catch (SQLException e) {
            throw services.engine().refine(e, false);
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    // HikariCP sets it to its connection timeout; the engines have their own timeouts for connecting.
    @Override
    public void setLoginTimeout(int seconds) {}
}
