package dev.dovetail.engine.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of this process to one file, so that the file can be replaced while there is none. Safe for use by several
 * threads.
 */
final class OpenConnections {

    private static final Logger log = LoggerFactory.getLogger(OpenConnections.class);

    // Pools close theirs on threads of their own.
    private static final long TO_CLOSE_BY_THEMSELVES_MILLIS = 2_000;
    private static final long TO_END_MILLIS = 10_000;
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(1);
    // A connection tells nobody that it was closed.
    private static final long BETWEEN_LOOKS_MILLIS = 5;

    private final Set<SqliteConnection> open = new HashSet<>();
    private int opening;
    private boolean replacing;

    /** What is done while there is no connection. */
    interface Replacing {
        Path replace() throws SQLException, IOException;
    }

    /** Opens one; waits while the file is being replaced. */
    SqliteConnection add(SqliteWork<SqliteConnection> work) throws SQLException {
        begin();
        SqliteConnection connection = null;
        try {
            connection = work.execute();
            return connection;
        } finally {
            end(connection);
        }
    }

    // Counted before it is there, lest the file is replaced under it.
    private synchronized void begin() throws SQLException {
        await(() -> !replacing, LONGEST_MILLIS);
        opening++;
    }

    private synchronized void end(@Nullable SqliteConnection connection) {
        opening--;
        forgetClosed();
        if (connection != null) {
            open.add(connection);
        }
    }

    private void forgetClosed() {
        open.removeIf(SqliteConnection::hasLetGo);
    }

    /** Does it while there is none and nobody gets one; those that do not close soon are ended. */
    Path whileNone(Replacing work) throws SQLException, IOException {
        close();
        try {
            awaitNone(TO_CLOSE_BY_THEMSELVES_MILLIS);
            left().forEach(OpenConnections::abort);
            awaitNone(TO_END_MILLIS);
            requireNone();
            return work.replace();
        } finally {
            reopen();
        }
    }

    private static void abort(SqliteConnection connection) {
        log.warn("A connection to the database is still open while the database is replaced, and is ended");
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | IllegalStateException e) {
            log.debug("It was just being closed", e);
        }
    }

    private synchronized void close() throws SQLException {
        if (replacing) {
            throw new SQLException("The database is being replaced already", "55006");
        }
        replacing = true;
    }

    private synchronized void reopen() {
        replacing = false;
    }

    private synchronized List<SqliteConnection> left() {
        return List.copyOf(open);
    }

    private synchronized void awaitNone(long atMost) throws SQLException {
        await(this::isNone, atMost);
    }

    private synchronized void requireNone() throws SQLException {
        if (!isNone()) {
            throw new SQLException(
                    "The database cannot be replaced, because " + (open.size() + opening)
                            + " connection(s) of this application could not be closed. Stop what uses them and try again.",
                    "55006");
        }
    }

    private boolean isNone() {
        forgetClosed();
        return open.isEmpty() && opening == 0;
    }

    private synchronized void await(BooleanSupplier condition, long atMost) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMost);
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
                wait(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the database is replaced", "08001", e);
        }
    }
}
