package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.LogCheckpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** {@code PRAGMA wal_checkpoint}, whose row is read: where others are in its way, it says so there and throws nothing. */
final class SqliteCheckpoint implements LogCheckpoint {

    static final SqliteCheckpoint INSTANCE = new SqliteCheckpoint();

    private static final int PASSIVE_MILLIS = 100;

    // For so long writers wait if a reader does not let go.
    private static final int TRUNCATE_MILLIS = 250;

    private SqliteCheckpoint() {}

    @Override
    public Result run(Connection connection, Mode mode) throws SQLException {
        SqlitePragma.run(connection, "busy_timeout = " + (mode == Mode.TRUNCATE ? TRUNCATE_MILLIS : PASSIVE_MILLIS));
        try (Statement statement = SqlitePragma.physical(connection).createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            row.next();
            boolean busy = row.getInt("busy") != 0;
            long pages = row.getLong("log");
            long copied = row.getLong("checkpointed");
            return new Result(mode, busy, pages, copied, logBytes(connection));
        }
    }

    static long logBytes(Connection connection) throws SQLException {
        SqliteFiles files = new SqliteFiles(SqlitePragma.file(connection));
        files.remember();
        return files.writeAheadLogSize();
    }

    @Override
    public Optional<String> leftTo(Connection connection) throws SQLException {
        return Litestream.follows(SqlitePragma.file(connection), connection)
                ? Optional.of("Litestream")
                : Optional.empty();
    }
}
