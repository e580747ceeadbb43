package dev.dovetail.maintenance.retention;

import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.UpkeepConnection;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections on which one table is swept, without the time limits of the application's. What reads has one of its own, so
 * that a long search keeps nobody from writing. Used by one thread.
 */
final class Sessions implements AutoCloseable {

    // Longer than a migration of a usual table; whoever holds a lock for longer is met again by the next sweep.
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(5);

    private final DatabaseEngine engine;
    private final DataSource dataSource;
    private final @Nullable RoutingDataSource own;
    private @Nullable Connection reading;

    Sessions(DatabaseEngine engine, DataSource dataSource) {
        this.engine = engine;
        this.dataSource = dataSource;
        this.own = RoutingDataSource.behind(dataSource);
    }

    /** What is done on a connection. */
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
        RoutingDataSource routing = own;
        if (routing != null) {
            return work.on(unpooled(routing));
        }
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        }
    }

    /** Does it in one transaction. */
    <T extends @Nullable Object> T write(Work<T> work) throws SQLException {
        RoutingDataSource routing = own;
        if (routing != null && !engine.capabilities().singleWriter()) {
            return committed(unpooled(routing), work);
        }
        try (Connection connection = routing == null ? dataSource.getConnection() : UpkeepConnection.open(routing)) {
            return committed(connection, work);
        }
    }

    private static <T extends @Nullable Object> T committed(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.on(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            undo(connection, autoCommit, e);
            throw e;
        }
        connection.setAutoCommit(autoCommit);
        return result;
    }

    private static void undo(Connection connection, boolean autoCommit, Exception failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private Connection unpooled(RoutingDataSource routing) throws SQLException {
        Connection known = reading;
        if (known != null && !known.isClosed()) {
            return known;
        }
        Connection opened = routing.maintenance().getConnection();
        reading = opened;
        String timeout = engine.sql().lockTimeout(LONGEST_LOCK);
        if (timeout != null) {
            try (Statement statement = opened.createStatement()) {
                statement.execute(timeout);
            }
        }
        return opened;
    }

    @Override
    public void close() throws SQLException {
        Connection known = reading;
        reading = null;
        if (known != null) {
            known.close();
        }
    }
}
