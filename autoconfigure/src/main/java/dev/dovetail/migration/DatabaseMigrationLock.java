package dev.dovetail.migration;

import dev.dovetail.engine.DatabaseStartException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that the database keeps until the transaction on one connection ends, as it does when the process dies.
 *
 * <p>Why not until the session ends: behind a connection pooler a session goes on, for others, and with it the lock.
 */
final class DatabaseMigrationLock implements MigrationLock {

    private static final Logger logger = LoggerFactory.getLogger(DatabaseMigrationLock.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** "Dove", so that nobody else takes the same numbers; the lower half says which history. */
    private static final long OURS = 0x446f7665L << 32;

    private final DataSource dataSource;
    private final String query;
    private final String table;
    private final Duration patience;

    DatabaseMigrationLock(DataSource dataSource, String query, String table, Duration patience) {
        this.dataSource = dataSource;
        this.query = query;
        this.table = table;
        this.patience = patience;
    }

    @Override
    public <E extends Exception> void during(Work<E> work) throws E {
        Connection connection = locked();
        try {
            work.run();
        } finally {
            close(connection);
        }
    }

    private Connection locked() {
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            // In stricter isolation the snapshot would last as long as the transaction.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            Connection own = connection;
            String history = connection.getSchema() + "." + table;
            new Waiting("history table " + history, patience).until(() -> tryLock(own, number(history)));
            // What was read last holds a snapshot until another statement follows, and CREATE INDEX CONCURRENTLY would
            // wait for it.
            connection.setSavepoint();
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw unusable(e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static long number(String history) {
        CRC32 checksum = new CRC32();
        checksum.update(history.getBytes(StandardCharsets.UTF_8));
        return OURS | checksum.getValue();
    }

    private boolean tryLock(Connection connection, long number) throws InterruptedException {
        try {
            if (holds(connection, number)) {
                return true;
            }
            // Whoever holds the lock may be waiting for open snapshots to end.
            connection.rollback();
        } catch (SQLException e) {
            throw unusable(e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return false;
    }

    private boolean holds(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, number);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static DatabaseStartException unusable(SQLException cause) {
        return new DatabaseStartException(
                "The lock that keeps two instances from making the same backup before they migrate cannot be taken",
                "Give migrations two connections at once, or set dovetail.migration.backup-before=false.",
                cause);
    }

    /** Ends the transaction, and with it the lock; that this failed must not hide how the work ended. */
    private static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            logger.warn("The connection that held the migration lock was not closed properly", e);
        }
    }
}
