package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.BackupContents;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.CopyProgress;
import dev.dovetail.engine.DatabaseBackups;
import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.engine.LogCheckpoint.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/** Copies a SQLite file page by page from one snapshot, and replaces it together with its logs. */
final class SqliteBackups implements DatabaseBackups {

    private static final Logger log = LoggerFactory.getLogger(SqliteBackups.class);

    private static final int PAGES_AT_ONCE = 100;
    private static final int PAUSE_MILLIS = 20;
    private static final int TRIES = 1_000;

    private final SqliteConnections connections;
    private final Path file;
    private final SqliteFiles files;
    private final OpenConnections opened;

    SqliteBackups(SqliteConnections connections, Path file, SqliteFiles files, OpenConnections opened) {
        this.connections = connections;
        this.file = file;
        this.files = files;
        this.opened = opened;
    }

    @Override
    public String suffix() {
        return "db";
    }

    @Override
    public boolean compressesItself() {
        return false;
    }

    @Override
    public long estimatedSize() throws SQLException {
        requireInPlace();
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            return SqliteContents.number(connection, "PRAGMA page_count")
                    * SqliteContents.number(connection, "PRAGMA page_size");
        }
    }

    @Override
    public BackupContents copy(Path copy, CopyProgress progress) throws SQLException {
        requireInPlace();
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            SqliteConnection own = connection.unwrap(SqliteConnection.class);
            long pageSize = SqliteContents.number(connection, "PRAGMA page_size");
            own.getDatabase().exec("BEGIN", false);
            try (SteadyCopy steady = new SteadyCopy(copy, progress)) {
                takeSnapshot(connection);
                int result = own.getDatabase()
                        .backup(
                                "main",
                                copy.toString(),
                                (left, pages) -> steady.copied((pages - left) * pageSize, pages * pageSize),
                                PAUSE_MILLIS,
                                TRIES,
                                PAGES_AT_ONCE);
                requireDone(result);
                BackupContents contents = SqliteContents.of(connection);
                requireInPlace();
                return contents;
            } finally {
                own.getDatabase().exec("ROLLBACK", false);
                checkpoint(connection);
            }
        }
    }

    // Whoever opens a file that was deleted makes an empty one, and a copy of it would push out those that are good.
    private void requireInPlace() throws SQLException {
        if (Files.notExists(file) && !files.areLost()) {
            throw new SQLException("There is no database file " + file);
        }
        if (files.areLost()) {
            throw new SQLException("The database file " + file
                    + " was deleted or replaced while it is open, so that a copy would not be of what the application"
                    + " writes. Stop the application, put the right file in place together with its -wal, and start"
                    + " again; or restore a backup.");
        }
    }

    // The log only grew while the snapshot stood: whoever commits next would have to copy all of it into the file.
    private static void checkpoint(Connection connection) {
        LogCheckpoint checkpoint = SqliteCheckpoint.INSTANCE;
        try {
            if (checkpoint.leftTo(connection).isEmpty()) {
                checkpoint.run(connection, Mode.PASSIVE);
            }
        } catch (SQLException e) {
            log.debug("The log was not copied into the database after a backup", e);
        }
    }

    // BEGIN alone takes none. With one, whoever writes meanwhile neither waits for the copying nor makes it start
    // again.
    private static void takeSnapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM main.sqlite_schema LIMIT 1")) {
            row.next();
        }
    }

    private static void requireDone(int result) throws SQLException {
        if (result != SQLiteErrorCode.SQLITE_OK.code) {
            throw DB.newSQLException(result, "The copy was not finished");
        }
    }

    @Override
    public BackupContents check(Path copy) throws IOException {
        return SqliteContents.ofCopy(copy);
    }

    @Override
    public Path stage() {
        return SqliteReplacement.of(file).staged();
    }

    @Override
    public Path replace(Path copy, String label) throws SQLException, IOException {
        return opened.whileNone(() -> {
            try {
                return SqliteReplacement.of(file).replaceBy(copy, label, this::tryOut);
            } finally {
                files.forget();
                files.remember();
            }
        });
    }

    private void tryOut() throws SQLException {
        try (Connection connection = connections.prepared(ConnectionRole.WRITER)) {
            takeSnapshot(connection);
        }
    }
}
