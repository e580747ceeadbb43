package dev.dovetail.autoconfigure;

import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.PoolSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A third engine, as an application could bring it: as little as the contract asks for. */
final class H2Engine implements DatabaseEngine {

    private static final String DEFAULT_URL = "jdbc:h2:mem:third;DB_CLOSE_DELAY=-1";

    @Override
    public String name() {
        return "h2";
    }

    @Override
    public String driverClassName() {
        return "org.h2.Driver";
    }

    @Override
    public boolean accepts(String url) {
        return url.startsWith("jdbc:h2:");
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.STANDARD;
    }

    @Override
    public EngineConnections connect(ConnectionTarget target) {
        return new H2Connections(Objects.requireNonNullElse(target.url(), DEFAULT_URL));
    }

    @Override
    public DatabaseInfo describe(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        return new DatabaseInfo(name(), "H2", version, capabilities(), List.of(), Map.of());
    }

    @Override
    public DatabaseError classify(SQLException error) {
        boolean unique = "23505".equals(error.getSQLState());
        return DatabaseError.of(unique ? ErrorCode.UNIQUE_VIOLATION : ErrorCode.DATABASE_ERROR, error.getSQLState());
    }

    @Override
    public DatabaseStartException explainStartFailure(ConnectionTarget target, SQLException error) {
        return new DatabaseStartException("H2 cannot be opened", "Look at its URL.", error);
    }

    private record H2Connections(String url) implements EngineConnections {

        @Override
        public Connection open(ConnectionRole role) throws SQLException {
            return DriverManager.getConnection(url);
        }

        @Override
        public PoolSettings writerPool() {
            return new PoolSettings(
                    "h2", 4, false, Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofMinutes(2));
        }

        @Override
        public @Nullable PoolSettings readerPool() {
            return null;
        }

        @Override
        public void close() {}
    }
}
