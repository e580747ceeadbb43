package dev.dovetail.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The application's data source: a pool of writers, a pool of readers where the engine has them, and connections that
 * choose between the two when their first statement is known.
 *
 * <p>A connection takes none from a pool until then. Transactions declared read-only go to readers; on engines whose
 * readers never lag, reads outside a transaction do so too. Safe for use by several threads; its connections, as always,
 * by one at a time.
 */
public final class RoutingDataSource extends AbstractDataSource implements AutoCloseable {

    private static final int GRACE_SECONDS = 5;

    private final DatabaseEngine engine;
    private final EngineConnections connections;
    private final StatementListener listener;
    private final ConnectionGuard guard;
    private final StatementKinds kinds;
    private final TableVersions versions;
    private final @Nullable StatementWatchdog watchdog;
    private final ConnectionPool writers;
    private final @Nullable ConnectionPool readers;
    private final @Nullable WriterGate gate;
    private final int defaultIsolation;
    private final PooledDescription description;

    /**
     * Opens the pools.
     *
     * @param engine whose database it is
     * @param connections where its connections come from; closed with this
     * @param limit the longest any statement may run; zero for no limit
     * @param statementListeners told of every statement
     * @param connectionListeners told how long callers waited
     * @param guard asked before a connection is given out
     * @param versions told of what is changed
     * @param customizer has the last word on what the engine leaves open of a pool's settings
     */
    public RoutingDataSource(
            DatabaseEngine engine,
            EngineConnections connections,
            Duration limit,
            List<StatementListener> statementListeners,
            List<ConnectionListener> connectionListeners,
            ConnectionGuard guard,
            TableVersions versions,
            Consumer<HikariConfig> customizer) {
        Capabilities capabilities = engine.capabilities();
        this.engine = engine;
        this.connections = connections;
        this.listener = new StatementListeners(statementListeners);
        this.guard = guard;
        this.versions = versions;
        this.kinds = new StatementKinds(engine.syntax());
        this.watchdog = capabilities.stopsQueriesItself() ? null : new StatementWatchdog();
        this.gate = capabilities.singleWriter() ? new WriterGate(this) : null;
        ConnectionListener connectionListener = new ConnectionListeners(connectionListeners);
        PoolSettings readerPool = connections.readerPool();
        List<ConnectionPool> opened = new ArrayList<>();
        try {
            opened.add(pool(ConnectionRole.WRITER, connections.writerPool(), limit, connectionListener, customizer));
            this.defaultIsolation = opened.get(0).defaultIsolation();
            if (readerPool != null) {
                opened.add(pool(ConnectionRole.READER, readerPool, limit, connectionListener, customizer));
            }
        } catch (RuntimeException e) {
            close(opened);
            throw e;
        }
        this.writers = opened.get(0);
        this.readers = opened.size() > 1 ? opened.get(1) : null;
        this.description = new PooledDescription(engine, writers, gate == null ? null : readers);
    }

    private ConnectionPool pool(
            ConnectionRole role,
            PoolSettings settings,
            Duration limit,
            ConnectionListener connectionListener,
            Consumer<HikariConfig> customizer) {
        ConnectionServices services =
                new ConnectionServices(engine, role, listener, limit, kinds, versions, guard, watchdog);
        PhysicalDataSource physical = new PhysicalDataSource(connections, services);
        return new ConnectionPool(physical, services, settings, customizer, connectionListener);
    }

    /** The one behind a data source that may be wrapped; {@code null} if there is none. */
    public static @Nullable RoutingDataSource behind(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(RoutingDataSource.class) ? dataSource.unwrap(RoutingDataSource.class) : null;
        } catch (SQLException e) {
            throw new IllegalStateException("A data source could not be asked what it wraps", e);
        }
    }

    @Override
    public Connection getConnection() {
        return new RoutedConnection(this);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("The pool connects as one user; configure it with spring.datasource.username", "28000");
    }

    /** A data source for migrations and maintenance: unpooled connections without statement and socket timeouts. */
    public DataSource maintenance() {
        return new PhysicalDataSource(
                connections, ConnectionServices.forMaintenance(engine, listener, kinds, versions));
    }

    /**
     * The JDBC URL without credentials. Spring Boot looks for a method of this name when it derives a data source for
     * another user, as {@code spring.flyway.user} asks for.
     */
    public String getUrl() {
        return connections.url();
    }

    /** When its tables last changed. */
    public TableVersions versions() {
        return versions;
    }

    /** What other processes commit, where there is a single writer; null where there are many. */
    public @Nullable OutsideChanges outsideChanges() {
        return gate == null ? null : gate.outside();
    }

    /** The engine behind it. */
    public DatabaseEngine engine() {
        return engine;
    }

    /** Its pools at this moment, writers first. */
    public List<PoolStatus> pools() {
        return openPools().stream().map(ConnectionPool::status).toList();
    }

    /** How much its pools have been used so far, writers first. */
    public List<PoolLoad> loads() {
        return openPools().stream().map(ConnectionPool::load).toList();
    }

    /** When callers were refused last, because the database did not answer. */
    public List<Outage> outages() {
        return guard.outages();
    }

    /** For how long the connection has been in use that somebody has been reading with for the longest. */
    public Duration longestRead() {
        return (readers == null ? writers : readers).longestUse();
    }

    /** Its HikariCP pools, for those who measure them; writers first. */
    public List<HikariDataSource> hikariPools() {
        return openPools().stream().map(ConnectionPool::hikari).toList();
    }

    /**
     * Asks the database which it is, and for the settings of the connections that write. Where there is only one of them
     * and it is in use, its settings are those that were last read: to ask how the database is must not mean to wait for
     * whoever writes.
     *
     * @throws SQLException if it does not answer
     */
    public DatabaseInfo describe() throws SQLException {
        return description.read();
    }

    /** Replaces every pooled connection by a new one: those at rest now, those in use when they come back. */
    public void reconnect() {
        openPools().forEach(ConnectionPool::reconnect);
    }

    /** Gives out no connections until that is closed. */
    public PausedPools pause() {
        return new PausedPools(openPools());
    }

    private List<ConnectionPool> openPools() {
        return readers == null ? List.of(writers) : List.of(writers, readers);
    }

    StatementKinds kinds() {
        return kinds;
    }

    /** Whether connections begin in autocommit mode, as {@code spring.datasource.hikari.auto-commit} says. */
    public boolean defaultAutoCommit() {
        return writers.autoCommit();
    }

    /** The isolation level in which transactions begin that ask for none, as {@link Connection} numbers them. */
    public int defaultIsolation() {
        return defaultIsolation;
    }

    boolean hasReaders() {
        return readers != null;
    }

    boolean routesAutocommitReads() {
        return readers != null && engine.capabilities().autocommitReadsOnReaders();
    }

    boolean hasSingleWriter() {
        return gate != null;
    }

    Connection acquireWriter() throws SQLException {
        if (gate == null) {
            return writers.acquire();
        }
        gate.check();
        Connection connection = writers.acquire();
        gate.acquired(connection);
        return connection;
    }

    Connection acquireReader() throws SQLException {
        return readers == null ? writers.acquire() : readers.acquire();
    }

    void release(Connection connection, boolean writer) throws SQLException {
        letGo(writer).giveBack(connection);
    }

    /** Takes a connection out of its pool, which opens another one. */
    void discard(Connection connection, boolean writer) {
        letGo(writer).discard(connection);
    }

    private ConnectionPool letGo(boolean writer) {
        if (writer && gate != null) {
            gate.released();
        }
        return writer || readers == null ? writers : readers;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return isHikari(type) ? type.cast(writers.hikari()) : super.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return isHikari(type) || super.isWrapperFor(type);
    }

    // Whoever asks for any DataSource wants this one: the pool below knows neither URL nor driver.
    private static boolean isHikari(Class<?> type) {
        return HikariConfigMXBean.class.isAssignableFrom(type) || HikariConfig.class.isAssignableFrom(type);
    }

    /**
     * Lets whoever has a connection finish, for {@value #GRACE_SECONDS} s at most, while nobody gets another; then ends what
     * still runs. Closes the readers, then the writers, so that the last connection can tidy up the database's files.
     */
    @Override
    public void close() {
        List<ConnectionPool> pools = openPools();
        pools.forEach(ConnectionPool::refuse);
        ConnectionPool.awaitRest(pools, Duration.ofSeconds(GRACE_SECONDS));
        close(pools);
    }

    private void close(List<ConnectionPool> pools) {
        for (int last = pools.size() - 1; last >= 0; last--) {
            pools.get(last).close();
        }
        if (watchdog != null) {
            watchdog.close();
        }
        connections.close();
    }
}
