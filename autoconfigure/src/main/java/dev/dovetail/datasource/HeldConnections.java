package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The writer and the reader that one routed connection has taken from the pools so far. Used by one thread; only whoever aborts
 * may be another, so that each goes back to its pool once.
 */
final class HeldConnections {

    private final RoutingDataSource source;
    private @Nullable Connection writer;
    private @Nullable Connection reader;
    private boolean aborted;
    private @Nullable SQLException unknownOutcome;

    HeldConnections(RoutingDataSource source) {
        this.source = source;
    }

    /** What is done with a connection: before it is first used, or to each that is held. */
    interface Action {
        void on(Connection connection) throws SQLException;
    }

    @Nullable
    Connection writer() {
        return writer;
    }

    @Nullable
    Connection reader() {
        return reader;
    }

    void forEach(Action action) throws SQLException {
        for (Connection each : all()) {
            action.on(each);
        }
    }

    private List<Connection> all() {
        Connection first = writer;
        Connection second = reader;
        if (first != null && second != null) {
            return List.of(first, second);
        }
        return first != null ? List.of(first) : second != null ? List.of(second) : List.of();
    }

    Connection writer(Action preparation) throws SQLException {
        Connection known = writer;
        if (known != null) {
            return requireAlive(known);
        }
        return kept(prepared(source.acquireWriter(), true, preparation), true);
    }

    Connection reader(Action preparation) throws SQLException {
        Connection known = reader;
        if (known != null) {
            return requireAlive(known);
        }
        return kept(prepared(source.acquireReader(), false, preparation), false);
    }

    // It was waited for, and whoever aborted meanwhile did not know of it.
    private Connection kept(Connection acquired, boolean isWriter) throws SQLException {
        if (keep(acquired, isWriter)) {
            return acquired;
        }
        source.release(acquired, isWriter);
        throw new DescribedSqlException(
                "The connection was aborted while it waited for one of the pool. Nothing was done on it; take a new one.",
                DatabaseError.of(ErrorCode.INVALID_USAGE, "08003"),
                null);
    }

    private synchronized boolean keep(Connection acquired, boolean isWriter) {
        if (!aborted && isWriter) {
            writer = acquired;
        } else if (!aborted) {
            reader = acquired;
        }
        return !aborted;
    }

    private synchronized @Nullable Connection taken(boolean isWriter) {
        Connection taken = isWriter ? writer : reader;
        if (isWriter) {
            writer = null;
        } else {
            reader = null;
        }
        return taken;
    }

    private synchronized void endKeeping() {
        aborted = true;
    }

    // One that could not be prepared must not be used: its statements would commit by themselves.
    private Connection prepared(Connection acquired, boolean isWriter, Action preparation) throws SQLException {
        try {
            preparation.on(acquired);
            return acquired;
        } catch (SQLException | RuntimeException e) {
            source.release(acquired, isWriter);
            throw e;
        }
    }

    // What the pool itself would say has no SQLState, so that nobody could tell what it means.
    private static Connection requireAlive(Connection held) throws SQLException {
        if (held.isClosed()) {
            throw new DescribedSqlException(
                    "The connection broke earlier, and what was not committed on it is rolled back. Begin again on a new"
                            + " one.",
                    DatabaseError.of(ErrorCode.UNREACHABLE, "08003"),
                    null);
        }
        return held;
    }

    void commit() throws SQLException {
        try {
            forEach(each -> requireAlive(each).commit());
        } catch (SQLException e) {
            unknownOutcome = isUnknown(e) ? e : null;
            throw e;
        }
    }

    private static boolean isUnknown(SQLException error) {
        return error instanceof DescribedSqlException own && own.error().code() == ErrorCode.OUTCOME_UNKNOWN;
    }

    // A rollback that succeeds would be the word that nothing was changed, and would be taken for the transaction's
    // end.
    void rollback() throws SQLException {
        SQLException unknown = unknownOutcome;
        unknownOutcome = null;
        forEach(HeldConnections::rollBackIfAlive);
        if (unknown != null) {
            throw unknown;
        }
    }

    // The pool has closed one that broke, and the database has rolled it back. An error here would hide the one that
    // says why.
    private static void rollBackIfAlive(Connection each) throws SQLException {
        if (!each.isClosed()) {
            each.rollback();
        }
    }

    /** Whether one of them is in a transaction that has begun. */
    boolean hasBegun() throws SQLException {
        for (Connection each : all()) {
            if (!each.isClosed() && listening(each).transaction().id() != 0) {
                return true;
            }
        }
        return false;
    }

    /** Lets others write, unless a statement of the writer is still open. */
    void releaseWriterAtRest() throws SQLException {
        Connection each = writer;
        if (each != null && (each.isClosed() || listening(each).openStatements() == 0)) {
            release(true, false);
        }
    }

    private static ListeningConnection listening(Connection pooled) throws SQLException {
        return pooled.unwrap(ListeningConnection.class);
    }

    /** Gives all of them back, after rolling back what is not committed. */
    void release(boolean inTransaction) throws SQLException {
        try {
            release(true, inTransaction);
        } finally {
            release(false, inTransaction);
        }
    }

    /** Ends whatever runs on them; none of them goes back to its pool. */
    void abort(Executor executor) throws SQLException {
        endKeeping();
        try {
            abort(true, executor);
        } finally {
            abort(false, executor);
        }
    }

    // The pool would close it in its own time, after what runs there has ended.
    private void abort(boolean isWriter, Executor executor) throws SQLException {
        Connection held = taken(isWriter);
        if (held != null) {
            try {
                held.abort(executor);
            } finally {
                source.discard(held, isWriter);
            }
        }
    }

    // HikariCP takes a return to a savepoint for the end of the transaction and would commit what came before it.
    private void release(boolean isWriter, boolean inTransaction) throws SQLException {
        Connection held = taken(isWriter);
        if (held == null) {
            return;
        }
        try {
            if (inTransaction) {
                rollBackIfAlive(held);
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
