package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingConnection;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection for work in the background, whose statements may run for as long as they need. Where there is a single writer it
 * is that one, so that the work takes its turn with everybody else who writes. For one thread at a time; goes back when it is
 * closed.
 */
public final class UpkeepConnection extends DelegatingConnection {

    private final RoutingDataSource source;
    private final Connection pooled;
    private boolean closed;

    private UpkeepConnection(RoutingDataSource source, Connection pooled) {
        this.source = source;
        this.pooled = pooled;
    }

    /** Takes the only writer, waiting for it as everybody does, or opens a connection that no pool has. */
    public static Connection open(RoutingDataSource source) throws SQLException {
        if (!source.hasSingleWriter()) {
            return source.maintenance().getConnection();
        }
        Connection pooled = source.acquireWriter();
        try {
            runUnlimited(pooled, true);
            return new UpkeepConnection(source, pooled);
        } catch (SQLException e) {
            source.release(pooled, true);
            throw e;
        }
    }

    private static void runUnlimited(Connection pooled, boolean unlimited) throws SQLException {
        ExecutionGuard guard = pooled.unwrap(ListeningConnection.class).guard();
        if (guard != null) {
            guard.runUnlimited(unlimited);
        }
    }

    @Override
    protected Connection delegate() {
        return pooled;
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || pooled.isClosed();
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // A connection that broke is closed already, and nobody gets it again.
            if (!pooled.isClosed()) {
                runUnlimited(pooled, false);
            }
        } finally {
            source.release(pooled, true);
        }
    }
}
