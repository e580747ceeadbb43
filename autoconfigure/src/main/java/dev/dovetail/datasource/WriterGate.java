package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Knows which thread holds the only write connection, so that a thread that would wait for itself is told at once.
 *
 * <p>Whoever hands a connection that has written to another thread, and writes on his own meanwhile, is told so too.
 */
final class WriterGate {

    private final OutsideChanges outside;
    private volatile @Nullable Holding holding;

    private record Holding(Thread thread, Connection connection) {}

    WriterGate(RoutingDataSource source) {
        TableVersions versions = source.versions();
        outside = new OutsideChanges(source.engine(), versions, () -> source.release(source.acquireWriter(), true));
        versions.seeOutside(outside);
    }

    OutsideChanges outside() {
        return outside;
    }

    void check() throws SQLException {
        Holding held = holding;
        if (held != null && held.thread() == Thread.currentThread()) {
            String remedy = held.connection().isClosed()
                    ? "That connection broke: write after it was given back."
                    : "Join that transaction (REQUIRED or NESTED instead of REQUIRES_NEW), or write after it has ended.";
            throw new DescribedSqlException(
                    "This thread already holds the only write connection, in a transaction or a statement further up its"
                            + " stack, and would wait for itself. " + remedy,
                    DatabaseError.of(ErrorCode.WRITER_HELD, "25001"),
                    null);
        }
    }

    void acquired(Connection connection) {
        holding = new Holding(Thread.currentThread(), connection);
        outside.acquired(connection);
    }

    void released() {
        holding = null;
        outside.released();
    }
}
