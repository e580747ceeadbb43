package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseBackups;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Opens sessions on a primary and its replicas, asking the driver itself: the DriverManager's registry decides nothing. */
final class PostgresqlConnections implements EngineConnections {

    private static final int POOL_SIZE = 10;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);
    /** Below what load balancers and servers cut. */
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

    private static final Duration KEEPALIVE = Duration.ofMinutes(2);

    private final Driver driver = new Driver();
    private final AtomicInteger nextReplica = new AtomicInteger();
    private final OpenedSessions sessions;
    private final @Nullable String socketFactoryId;
    private final ConnectionPlan writer;
    private final ConnectionPlan maintenance;
    private final List<ConnectionPlan> readers;

    PostgresqlConnections(
            PostgresqlUrl url, ConnectionTarget target, PostgresqlSettings settings, OpenedSessions sessions) {
        this.sessions = sessions;
        this.socketFactoryId =
                settings.sslSocketFactory() == null ? null : BundleSocketFactory.register(settings.sslSocketFactory());
        PostgresqlUrl primary = url.as(target.username(), target.password());
        String name = target.applicationName();
        this.writer = ConnectionPlan.of(primary, ConnectionRole.WRITER, name, settings, socketFactoryId);
        this.maintenance = ConnectionPlan.of(primary, ConnectionRole.MAINTENANCE, name, settings, socketFactoryId);
        this.readers = Replicas.of(settings, primary).stream()
                .map(replica -> ConnectionPlan.of(replica, ConnectionRole.READER, name, settings, socketFactoryId))
                .toList();
    }

    @Override
    public String url() {
        return writer.url().jdbcUrl();
    }

    @Override
    public Connection open(ConnectionRole role) throws SQLException {
        return switch (role) {
            case WRITER -> open(writer);
            case MAINTENANCE -> open(maintenance);
            case READER -> readers.isEmpty() ? open(writer) : openReplica();
        };
    }

    /** The next one in turn; if it cannot be reached, the one after it. */
    private Connection openReplica() throws SQLException {
        int first = nextReplica.getAndIncrement();
        ReplicaException failure = null;
        for (int i = 0; i < readers.size(); i++) {
            ConnectionPlan replica = readers.get(Math.floorMod(first + i, readers.size()));
            try {
                return open(replica);
            } catch (SQLException e) {
                failure = addedTo(failure, new ReplicaException(replica.url(), e));
            }
        }
        throw failure != null ? failure : new SQLException("There is no replica", "08001");
    }

    private static ReplicaException addedTo(@Nullable ReplicaException earlier, ReplicaException failure) {
        if (earlier != null) {
            failure.addSuppressed(earlier);
        }
        return failure;
    }

    private Connection open(ConnectionPlan plan) throws SQLException {
        Connection connection = driver.connect(plan.url().jdbcUrl(), plan.driverProperties());
        if (connection == null) {
            throw new SQLException(
                    "The PostgreSQL driver does not understand the URL of "
                            + plan.url().address(),
                    "08001");
        }
        sessions.remember(connection, plan.expected());
        return connection;
    }

    @Override
    public PoolSettings writerPool() {
        return pool("primary");
    }

    @Override
    public @Nullable PoolSettings readerPool() {
        return readers.isEmpty() ? null : pool("replicas");
    }

    private static PoolSettings pool(String name) {
        return new PoolSettings(name, POOL_SIZE, false, CONNECTION_TIMEOUT, MAX_LIFETIME, KEEPALIVE);
    }

    @Override
    public DatabaseBackups backups(@Nullable String tool) {
        DumpEnvironment environment = new DumpEnvironment(maintenance, socketFactoryId != null);
        return new PostgresqlBackups(this, environment, sessions, tool);
    }

    /** Name of the database. */
    String database() {
        String database = writer.url().database();
        return database.isEmpty() ? String.valueOf(writer.url().username()) : database;
    }

    @Override
    public void close() {
        BundleSocketFactory.release(socketFactoryId);
    }

    @Override
    public String toString() {
        return "PostgresqlConnections[" + writer.url().address() + "]";
    }
}
