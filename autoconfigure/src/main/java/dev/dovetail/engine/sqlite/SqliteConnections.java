package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseBackups;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.PoolSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One writer and several readers of one file, each with its pragmas set and read back. */
final class SqliteConnections implements EngineConnections {

    private static final Logger log = LoggerFactory.getLogger(SqliteConnections.class);

    // Reopening only costs the page cache and the prepared statements; nothing between us and the file ages.
    private static final Duration NEVER = Duration.ZERO;
    // Longer than the busy timeout, so that a foreign lock is reported as what it is.
    private static final Duration WAIT_FOR_WRITER = Duration.ofSeconds(10);
    private static final Duration WAIT_FOR_READER = Duration.ofSeconds(5);

    private final SqliteSettings settings;
    private final Pragmas pragmas;
    private final SqliteLocation location;
    private final SqliteFiles files;
    private final OpenConnections opened = new OpenConnections();

    /** @param create whether there is a file afterwards, though it be empty */
    SqliteConnections(SqliteSettings settings, SqliteLocation location, boolean create) {
        this.settings = settings;
        this.pragmas = new Pragmas(settings);
        this.location = location;
        this.files = new SqliteFiles(location.file());
        SqliteReplacement.recover(location.file());
        if (create) {
            location.create();
        }
        log.info("SQLite database: {}{}", location.file(), location.isPrivate() ? " (private, deleted at close)" : "");
    }

    @Override
    public String url() {
        return "jdbc:sqlite:" + location.file();
    }

    @Override
    public Connection open(ConnectionRole role) throws SQLException {
        return opened.add(() -> {
            SqliteReplacement.requireNone(location.file());
            return prepared(role);
        });
    }

    /** As {@link #open}, while everybody else waits for the file to be replaced. */
    SqliteConnection prepared(ConnectionRole role) throws SQLException {
        SqliteConnection connection =
                new SqliteConnection(url(), location.file().toString(), openMode(role == ConnectionRole.READER));
        try {
            SqliteVersion.requireSound(version(connection));
            pragmas.apply(connection, role);
            files.remember();
            connection.readEncoding();
            if (role != ConnectionRole.MAINTENANCE) {
                connection.keepStatements(settings.preparedStatementCacheSize());
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public PoolSettings writerPool() {
        return new PoolSettings("writer", 1, true, WAIT_FOR_WRITER, NEVER, NEVER);
    }

    @Override
    public PoolSettings readerPool() {
        return new PoolSettings("reader", settings.readers(), true, WAIT_FOR_READER, NEVER, NEVER);
    }

    @Override
    public DatabaseFiles files() {
        return files;
    }

    @Override
    public boolean isTemporary() {
        return location.isPrivate();
    }

    @Override
    public DatabaseBackups backups(@Nullable String tool) {
        return new SqliteBackups(this, location.file(), files, opened);
    }

    @Override
    public boolean isReplicatedByOthers() throws SQLException {
        return Litestream.follows(location.file(), this);
    }

    @Override
    public void close() {
        location.discard();
    }

    private Properties openMode(boolean readOnly) {
        Properties properties = new Properties();
        properties.setProperty(
                SQLiteConfig.Pragma.BUSY_TIMEOUT.pragmaName,
                String.valueOf(settings.busyTimeout().toMillis()));
        if (readOnly) {
            int flags = SQLiteOpenMode.READONLY.flag | SQLiteOpenMode.OPEN_URI.flag;
            properties.setProperty(SQLiteConfig.Pragma.OPEN_MODE.pragmaName, String.valueOf(flags));
        }
        return properties;
    }

    static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT sqlite_version()")) {
            result.next();
            return result.getString(1);
        }
    }
}
