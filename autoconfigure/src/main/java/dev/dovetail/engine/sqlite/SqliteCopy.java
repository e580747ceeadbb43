package dev.dovetail.engine.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** A whole look into a copy of a database. */
final class SqliteCopy {

    private static final int MOST = 20;

    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final String ORPHANS = """
            SELECT count(*), "table", parent FROM pragma_foreign_key_check GROUP BY "table", parent LIMIT %d""".formatted(MOST);

    private SqliteCopy() {}

    /** What is wrong with it; null if it is no SQLite file at all. */
    static @Nullable List<String> problemsOf(Path copy) throws SQLException {
        if (!isSqlite(copy)) {
            return null;
        }
        try (Connection connection = open(copy);
                Statement statement = connection.createStatement()) {
            List<String> problems = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + MOST + ")")) {
                while (rows.next()) {
                    problems.add(String.valueOf(rows.getString(1)));
                }
            }
            problems.removeIf("ok"::equals);
            try (ResultSet rows = statement.executeQuery(ORPHANS)) {
                while (rows.next()) {
                    problems.add("%d rows of %s refer to rows of %s that are not there"
                            .formatted(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
            return problems;
        }
    }

    private static boolean isSqlite(Path copy) throws SQLException {
        try (InputStream content = Files.newInputStream(copy)) {
            return Arrays.equals(HEADER, content.readNBytes(HEADER.length));
        } catch (IOException e) {
            throw new SQLException("The copy " + copy.getFileName() + " could not be read", "58030", e);
        }
    }

    // As one that cannot change: otherwise a log would be made beside it, or one be read that lies there by chance.
    private static Connection open(Path copy) throws SQLException {
        int flags = SQLiteOpenMode.READONLY.flag | SQLiteOpenMode.OPEN_URI.flag;
        Properties properties = new Properties();
        properties.setProperty(SQLiteConfig.Pragma.OPEN_MODE.pragmaName, String.valueOf(flags));
        String uri = "file:" + copy.toAbsolutePath().toUri().getRawPath() + "?immutable=1";
        return new JDBC4Connection("jdbc:sqlite:" + uri, uri, properties);
    }
}
