package dev.dovetail.autoconfigure;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The engine that was chosen and its connections, after one was opened to see that it works.
 *
 * @param engine the engine
 * @param connections where its connections come from
 */
record DatabaseOpening(DatabaseEngine engine, EngineConnections connections) implements AutoCloseable {

    /** @param patience how long to wait for a server that does not accept connections yet */
    static DatabaseOpening of(
            DatabaseSelection selection, @Nullable String type, DatabaseTarget wanted, Duration patience) {
        ConnectionTarget target = wanted.resolve();
        DatabaseEngine engine = selection.choose(type, target);
        StartPatience start = new StartPatience(engine, patience);
        EngineConnections connections = engine.connect(target);
        try {
            if (connections.files() == null) {
                start.await(() -> tryOut(engine, connections));
            } else {
                // Nobody else starts what is a file.
                tryOut(engine, connections);
            }
        } catch (SQLException e) {
            connections.close();
            throw engine.explainStartFailure(target, e);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
        return new DatabaseOpening(engine, connections);
    }

    private static void tryOut(DatabaseEngine engine, EngineConnections connections) throws SQLException {
        try (Connection connection = connections.open(ConnectionRole.WRITER)) {
            engine.describe(connection);
        }
        if (connections.readerPool() != null) {
            connections.open(ConnectionRole.READER).close();
        }
    }

    /** The data source does so, too, but it may never have been made. */
    @Override
    public void close() {
        connections.close();
    }
}
