package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ConnectionRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Recognises that Litestream follows a file: by the directory it keeps beside it, and by the tables it makes in it. */
final class Litestream {

    private static final String TABLES = """
            SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name IN ('_litestream_seq', '_litestream_lock') LIMIT 1""";

    private Litestream() {}

    static boolean follows(Path file, SqliteConnections connections) throws SQLException {
        try (Connection connection = connections.open(ConnectionRole.READER)) {
            return follows(file, connection);
        }
    }

    static boolean follows(Path file, Connection connection) throws SQLException {
        return Files.isDirectory(file.resolveSibling("." + file.getFileName() + "-litestream"))
                || !SqlitePragma.texts(connection, TABLES).isEmpty();
    }
}
