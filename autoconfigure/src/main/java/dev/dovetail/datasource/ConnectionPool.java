package dev.dovetail.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.dovetail.engine.CircuitOpenSqlException;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One HikariCP pool and what its failures mean. */
final class ConnectionPool implements AutoCloseable {

    private final ConnectionRole role;
    private final DatabaseEngine engine;
    private final ConnectionListener listener;
    private final ConnectionGuard guard;
    private final PhysicalDataSource physical;
    private final HikariDataSource hikari;
    private final PauseGate gate = new PauseGate();
    private final Loans loans = new Loans();
    private boolean autoCommit;
    private volatile boolean refusing;

    ConnectionPool(
            PhysicalDataSource physical,
            ConnectionServices services,
            PoolSettings settings,
            Consumer<HikariConfig> customizer,
            ConnectionListener listener) {
        this.role = services.role();
        this.engine = services.engine();
        this.listener = listener;
        this.guard = services.guard();
        this.physical = physical;
        this.hikari = new HikariDataSource(configuration(physical, settings, customizer));
        physical.behind(gate);
        physical.whileUnconnected(() -> {
            HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
            return pool == null || pool.getTotalConnections() == 0;
        });
    }

    private HikariConfig configuration(
            PhysicalDataSource physical, PoolSettings settings, Consumer<HikariConfig> customizer) {
        HikariConfig config = new HikariConfig();
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setKeepaliveTime(settings.keepalive().toMillis());
        config.setMaximumPoolSize(settings.size());
        customizer.accept(config);
        if (settings.fixed()) {
            UnusedSettings.warn(config, settings, engine.name());
            config.setMaximumPoolSize(settings.size());
            config.setMinimumIdle(settings.size());
            config.setMaxLifetime(settings.maxLifetime().toMillis());
            config.setKeepaliveTime(settings.keepalive().toMillis());
            config.setIdleTimeout(0);
        }
        config.setPoolName(settings.name());
        config.setDataSource(physical);
        // Ours begin late: a connection at rest with autocommit off would hold SQLite's write lock.
        autoCommit = config.isAutoCommit();
        config.setAutoCommit(true);
        config.setReadOnly(role == ConnectionRole.READER);
        config.setExceptionOverride(new Eviction(engine));
        return config;
    }

    Connection acquire() throws SQLException {
        long started = System.nanoTime();
        long ended = started;
        boolean succeeded = false;
        try {
            requireOpen();
            Connection connection =
                    unlessPaused(started + TimeUnit.MILLISECONDS.toNanos(hikari.getConnectionTimeout()));
            giveBackIfRefused(connection);
            ended = System.nanoTime();
            loans.begin(connection, started, ended);
            succeeded = true;
            return connection;
        } finally {
            long waited = (succeeded ? ended : System.nanoTime()) - started;
            listener.onAcquisition(role, Duration.ofNanos(waited), succeeded);
        }
    }

    // Whoever was waiting when the pause began is one of those who have to wait for its end.
    private Connection unlessPaused(long deadline) throws SQLException {
        gate.pass(deadline);
        Connection connection = guarded();
        while (gate.isClosed()) {
            giveBack(connection);
            gate.pass(deadline);
            connection = guarded();
        }
        return connection;
    }

    int defaultIsolation() {
        try (Connection connection = acquire()) {
            return connection.getTransactionIsolation();
        } catch (SQLException e) {
            throw new IllegalStateException("The default isolation of the database could not be read", e);
        }
    }

    private Connection guarded() throws SQLException {
        try {
            return guard.acquire(role, this::take);
        } catch (CircuitOpenSqlException e) {
            ConnectionActivity.failed(e);
            throw e;
        }
    }

    private Connection take() throws SQLException {
        try {
            return hikari.getConnection();
        } catch (SQLTransientConnectionException e) {
            SQLException explained = AcquisitionTimeout.explained(e, engine, status());
            ConnectionActivity.failed(explained);
            throw explained;
        }
    }

    private void requireOpen() throws SQLException {
        if (refusing) {
            throw new DescribedSqlException(
                    "The application is ending, and pool '" + hikari.getPoolName() + "' gives out no more connections.",
                    DatabaseError.of(ErrorCode.UNREACHABLE, "08003"),
                    null);
        }
    }

    // Whoever was already waiting gets one when another caller ends, and would begin something new.
    private void giveBackIfRefused(Connection connection) throws SQLException {
        if (refusing) {
            giveBack(connection);
            requireOpen();
        }
    }

    PoolStatus status() {
        HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
        int active = pool.getActiveConnections();
        return new PoolStatus(
                hikari.getPoolName(),
                active,
                pool.getIdleConnections(),
                pool.getTotalConnections(),
                pool.getThreadsAwaitingConnection(),
                hikari.getMaximumPoolSize(),
                Math.max(active, loans.most()));
    }

    void reconnect() {
        hikari.getHikariPoolMXBean().softEvictConnections();
    }

    /** Whether connections begin in autocommit mode, as {@code spring.datasource.hikari.auto-commit} says. */
    boolean autoCommit() {
        return autoCommit;
    }

    /** For how long the connection has been in use that has been so for the longest. */
    Duration longestUse() {
        return loans.longest();
    }

    PoolLoad load() {
        return new PoolLoad(status(), loans.used());
    }

    HikariDataSource hikari() {
        return hikari;
    }

    /** Gives out no connections until {@link #resume()}; whoever wants one waits. */
    void pause() {
        gate.close();
    }

    /** Ends those that are open, whoever uses them. */
    void disconnect() {
        reconnect();
        physical.abortOpened();
    }

    /** Gives out new connections again, none that were open before. */
    void resume() {
        reconnect();
        gate.open();
    }

    /** Gives out no more connections from now on. */
    void refuse() {
        refusing = true;
    }

    /** Takes back a connection that it gave out. */
    void giveBack(Connection connection) throws SQLException {
        try {
            loans.end(connection);
            closeDescriptions(connection);
        } finally {
            close(connection);
        }
    }

    private static void closeDescriptions(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection
                    .unwrap(ListeningConnection.class)
                    .transaction()
                    .descriptions()
                    .close();
        }
    }

    private void close(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            if (refusing || gate.isClosed()) {
                wakeThoseWhoAwaitRest();
            }
        }
    }

    /** Forgets a connection that it gave out, and closes it. */
    void discard(Connection connection) {
        try {
            hikari.evictConnection(connection);
        } finally {
            if (refusing || gate.isClosed()) {
                wakeThoseWhoAwaitRest();
            }
        }
    }

    private synchronized void wakeThoseWhoAwaitRest() {
        notifyAll();
    }

    /** Waits until no connection is in use, but not for longer than this. */
    static void awaitRest(List<ConnectionPool> pools, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (ConnectionPool pool : pools) {
                pool.awaitRest(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until none of its connections is in use, but not beyond this moment of {@link System#nanoTime()}. */
    private synchronized void awaitRest(long deadline) throws InterruptedException {
        long millis = millisUntil(deadline);
        while (millis > 0 && !isAtRest()) {
            wait(millis);
            millis = millisUntil(deadline);
        }
    }

    private static long millisUntil(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private boolean isAtRest() {
        return hikari.isClosed() || hikari.getHikariPoolMXBean().getActiveConnections() == 0;
    }

    @Override
    public void close() {
        hikari.close();
    }
}
