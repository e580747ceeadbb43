package dev.dovetail.monitoring.health;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code database}: how large it is, of a database that has no files here and says so when it is asked. */
public final class DatabaseSize implements HealthMetrics {

    private static final Logger log = LoggerFactory.getLogger(DatabaseSize.class);

    private final DatabaseUpkeep upkeep;
    private final EngineConnections connections;

    public DatabaseSize(DatabaseUpkeep upkeep, EngineConnections connections) {
        this.upkeep = upkeep;
        this.connections = connections;
    }

    @Override
    public String name() {
        return "database";
    }

    // Beside the pools, as the probes do it: they may be exhausted just now.
    @Override
    public Map<String, Object> read() {
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            NetworkPatience.limit(connection);
            Long bytes = upkeep.size(connection);
            return bytes == null ? Map.of() : Map.of("bytes", bytes);
        } catch (SQLException e) {
            log.debug("The size of the database could not be asked", e);
            return Map.of();
        }
    }
}
