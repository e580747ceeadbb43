package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One COPY, from rows that are there already: whoever makes them may use the connection meanwhile. */
final class Copy {

    // Small enough for the server to begin while the rest is written.
    private static final int SENT_AT_A_TIME = 1 << 13;

    private final Connection connection;
    private final BulkLoad load;

    Copy(Connection connection, BulkLoad load) {
        this.connection = connection;
        this.load = load;
    }

    long run(Duration limit) throws SQLException {
        CopyLimit stopped = CopyLimit.start(connection.unwrap(PGConnection.class), limit);
        try {
            return send();
        } catch (SQLException e) {
            throw stopped.end() ? CopyFailure.stopped(limit, e) : CopyFailure.of(e, load);
        } finally {
            stopped.end();
        }
    }

    private long send() throws SQLException {
        CopyText text = new CopyText();
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(load.sql());
        try {
            List<? extends @Nullable Object[]> rows = load.rows();
            for (int i = 0; i < rows.size(); i++) {
                add(text, rows.get(i), i);
                if (text.length() >= SENT_AT_A_TIME || i == rows.size() - 1) {
                    copy.writeToCopy(text.bytes(), 0, text.length());
                    text.clear();
                }
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void add(CopyText text, @Nullable Object[] row, int index) throws SQLException {
        try {
            text.add(row);
        } catch (CopyText.CopyValueException e) {
            String column = load.columns().get(e.position()).name();
            throw new DescribedSqlException(
                    "%s was refused: column \"%s\" cannot hold its value: %s"
                            .formatted(CopyFailure.row(load, index + 1), column, e.getMessage()),
                    DatabaseError.of(ErrorCode.INVALID_VALUE, "22000").on(null, List.of(column)),
                    e);
        }
    }
}
