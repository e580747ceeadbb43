package dev.dovetail.engine.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * Whether another process has a database open, who would go on writing into the file that was moved away. Only who is alone can
 * end the WAL mode, which also brings everything from the log into the file.
 */
final class SqliteAlone {

    private static final Logger log = LoggerFactory.getLogger(SqliteAlone.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private SqliteAlone() {}

    /** A file that cannot be read says nothing, and is no reason not to replace it. */
    static void require(Path file) throws SQLException {
        if (Files.notExists(file)) {
            return;
        }
        try {
            awaitEndOfLog(file);
        } catch (SQLiteException e) {
            if (isBusy(e)) {
                throw new SQLException(
                        "Another process has the database " + file
                                + " open and would go on writing into the old file. Stop it, and restore then.",
                        "55006",
                        e);
            }
            log.warn("The database {} cannot be read, and is moved aside as it is: {}", file, e.getMessage());
        }
    }

    // Whoever only looks is gone in a moment, but of all locks this is the one that SQLite does not wait for.
    private static void awaitEndOfLog(Path file) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                endLog(file);
                return;
            } catch (SQLiteException e) {
                boolean over =
                        System.nanoTime() > deadline || Thread.currentThread().isInterrupted();
                if (over || !isBusy(e)) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
    }

    private static void endLog(Path file) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(SQLiteConfig.Pragma.BUSY_TIMEOUT.pragmaName, String.valueOf(PATIENCE.toMillis()));
        try (Connection connection = new JDBC4Connection("jdbc:sqlite:" + file, file.toString(), properties);
                Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
            mode.next();
        }
    }

    private static boolean isBusy(SQLiteException error) {
        int code = error.getResultCode().code & 0xff;
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }
}
