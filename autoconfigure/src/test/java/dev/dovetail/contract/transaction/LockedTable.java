package dev.dovetail.contract.transaction;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.transaction.RetryListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's lock, which makes every write fail until the first retry is announced: a failure that is really the database's,
 * and no more than one of it.
 */
final class LockedTable implements RetryListener {

    private final List<String> retries = new CopyOnWriteArrayList<>();
    private @Nullable Connection holder;

    /** What was run again, and why. */
    List<String> retries() {
        return List.copyOf(retries);
    }

    void forget() {
        retries.clear();
    }

    void lock(TestApplication application, TestEngine engine, String table) throws SQLException {
        forget();
        Connection connection = application.foreignConnection();
        holder = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(engine.hasSingleWriter() ? "BEGIN IMMEDIATE" : "BEGIN");
            if (!engine.hasSingleWriter()) {
                statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            }
        }
    }

    @Override
    public void onRetry(String name, DatabaseError error) {
        retries.add(name + " " + error.code());
        release();
    }

    void release() {
        Connection connection = holder;
        holder = null;
        if (connection != null) {
            try (connection;
                    Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
