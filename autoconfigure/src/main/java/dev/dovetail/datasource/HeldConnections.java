package dev.dovetail.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writer and the reader that one routed connection has taken from the pools so far. */
final class HeldConnections {

    private final RoutingDataSource source;
    private @Nullable Connection writer;
    private @Nullable Connection reader;

    HeldConnections(RoutingDataSource source) {
        this.source = source;
    }

    /** What a connection needs before it is used. */
    interface Preparation {
        void of(Connection acquired) throws SQLException;
    }

    @Nullable
    Connection writer() {
        return writer;
    }

    /** All that are held, the writer first. */
    List<Connection> all() {
        Connection first = writer;
        Connection second = reader;
        if (first != null && second != null) {
            return List.of(first, second);
        }
        return first != null ? List.of(first) : second != null ? List.of(second) : List.of();
    }

    Connection writer(Preparation preparation) throws SQLException {
        Connection known = writer;
        if (known != null) {
            return known;
        }
        Connection acquired = prepared(source.acquireWriter(), true, preparation);
        writer = acquired;
        return acquired;
    }

    Connection reader(Preparation preparation) throws SQLException {
        Connection known = reader;
        if (known != null) {
            return known;
        }
        Connection acquired = prepared(source.acquireReader(), false, preparation);
        reader = acquired;
        return acquired;
    }

    // One that could not be prepared must not be used: its statements would commit by themselves.
    private Connection prepared(Connection acquired, boolean isWriter, Preparation preparation) throws SQLException {
        try {
            preparation.of(acquired);
            return acquired;
        } catch (SQLException e) {
            source.release(acquired, isWriter);
            throw e;
        }
    }

    /** Lets others write, unless a statement of the writer is still open. */
    void releaseWriterAtRest() throws SQLException {
        Connection each = writer;
        if (each != null && each.unwrap(ListeningConnection.class).openStatements() == 0) {
            writer = null;
            source.release(each, true);
        }
    }

    /** Gives all of them back, after rolling back what is not committed. */
    void release(boolean inTransaction) throws SQLException {
        Connection heldWriter = writer;
        Connection heldReader = reader;
        writer = null;
        reader = null;
        try {
            release(heldWriter, true, inTransaction);
        } finally {
            release(heldReader, false, inTransaction);
        }
    }

    // HikariCP rolls back only if it saw a statement, and a doomed transaction may come from one that could not be
    // prepared.
    private void release(@Nullable Connection held, boolean isWriter, boolean inTransaction) throws SQLException {
        if (held == null) {
            return;
        }
        try {
            if (inTransaction && !held.isClosed()) {
                held.rollback();
            }
        } finally {
            source.release(held, isWriter);
        }
    }

    @Override
    public String toString() {
        return "writer=" + writer + ", reader=" + reader;
    }
}
