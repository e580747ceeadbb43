package dev.dovetail.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.dovetail.datasource.ConnectionGuard.Acquisition;
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
import org.jspecify.annotations.Nullable;

/** One HikariCP pool and what its failures mean. */
final class ConnectionPool implements AutoCloseable {

    private final ConnectionRole role;
    private final DatabaseEngine engine;
    private final ConnectionListener listener;
    private final ConnectionGuard guard;
    private final PhysicalDataSource physical;
    private final HikariDataSource hikari;
    private final @Nullable WriterTurn turn;
    private final PauseGate gate = new PauseGate();
    private final Loans loans = new Loans();
    private final Acquisition acquisition = new Acquisition() {
        @Override
        public Connection acquire() throws SQLException {
            return take();
        }

        @Override
        public void giveBack(Connection connection) throws SQLException {
            close(connection);
        }
    };
    private final boolean autoCommit;
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
        PoolConfiguration configuration = PoolConfiguration.of(physical, services, settings, customizer);
        this.hikari = new HikariDataSource(configuration.hikari());
        this.autoCommit = configuration.autoCommit();
        this.turn = role == ConnectionRole.WRITER && engine.capabilities().singleWriter() ? new WriterTurn() : null;
        physical.behind(gate);
        physical.whileUnconnected(() -> {
            HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
            return pool == null || pool.getTotalConnections() == 0;
        });
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
            lend(connection, started, ended);
            succeeded = true;
            return connection;
        } finally {
            long waited = (succeeded ? ended : System.nanoTime()) - started;
            listener.onAcquisition(role, Duration.ofNanos(waited), succeeded);
        }
    }

    private void lend(Connection connection, long asked, long given) throws SQLException {
        try {
            loans.begin(connection, asked, given);
        } catch (SQLException e) {
            close(connection);
            throw e;
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
        try {
            Connection connection = acquire();
            try {
                return connection.getTransactionIsolation();
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The default isolation of the database could not be read", e);
        }
    }

    private Connection guarded() throws SQLException {
        try {
            return guard.acquire(role, acquisition);
        } catch (CircuitOpenSqlException e) {
            ConnectionActivity.failed(e);
            throw e;
        }
    }

    private Connection take() throws SQLException {
        try {
            return turn == null ? hikari.getConnection() : turn.takeFrom(hikari);
        } catch (SQLTransientConnectionException e) {
            SQLException explained = AcquisitionTimeout.explained(e, engine, status(), physical.failure());
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
                pool.getThreadsAwaitingConnection() + (turn == null ? 0 : turn.waiting()),
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
        return new PoolLoad(status(), loans.used(), loans.uses());
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
            returned();
        }
    }

    /** Forgets a connection that it gave out, and closes it. */
    void discard(Connection connection) {
        try {
            hikari.evictConnection(connection);
        } finally {
            returned();
        }
    }

    private void returned() {
        if (turn != null) {
            turn.leave();
        }
        if (refusing || gate.isClosed()) {
            wakeThoseWhoAwaitRest();
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
