package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.BackupContents;
import dev.dovetail.engine.DamagedCopyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** What is in a SQLite file. */
final class SqliteContents {

    // Those that keep nothing themselves are not to be counted: their modules may be missing, and their content is in
    // others.
    private static final String TABLES = """
            SELECT name FROM main.sqlite_schema
            WHERE type = 'table' AND rootpage > 0 ORDER BY name""";

    private SqliteContents() {}

    /** As the connection sees it, in its transaction. */
    static BackupContents of(Connection connection) throws SQLException {
        return new BackupContents(
                SqliteConnections.version(connection), number(connection, "PRAGMA user_version"), rows(connection), 0);
    }

    private static SortedMap<String, Long> rows(Connection connection) throws SQLException {
        SortedMap<String, Long> rows = new TreeMap<>();
        for (String table : texts(connection, TABLES)) {
            String quoted = '"' + table.replace("\"", "\"\"") + '"';
            rows.put(table, number(connection, "SELECT count(*) FROM main." + quoted));
        }
        return rows;
    }

    /**
     * What is in a copy that nobody writes to. It is opened as one that cannot change, so that no log is made beside it and none is
     * read that may lie there.
     */
    static BackupContents ofCopy(Path copy) throws IOException {
        if (Files.size(copy) == 0) {
            throw new DamagedCopyException("The copy is empty", null);
        }
        try (Connection connection = open(copy)) {
            requireOk(connection, "PRAGMA integrity_check(1)");
            BackupContents contents = of(connection);
            long violations = texts(connection, "PRAGMA foreign_key_check").size();
            return new BackupContents(contents.version(), contents.schemaVersion(), contents.rows(), violations);
        } catch (SQLException e) {
            throw new DamagedCopyException("The copy cannot be read as a SQLite database", e);
        }
    }

    private static Connection open(Path copy) throws SQLException {
        Properties properties = new Properties();
        int flags = SQLiteOpenMode.READONLY.flag | SQLiteOpenMode.OPEN_URI.flag;
        properties.setProperty(SQLiteConfig.Pragma.OPEN_MODE.pragmaName, String.valueOf(flags));
        String name = "file:" + copy.toAbsolutePath().toUri().getRawPath() + "?immutable=1";
        return new JDBC4Connection("jdbc:sqlite:" + name, name, properties);
    }

    private static void requireOk(Connection connection, String check) throws SQLException, DamagedCopyException {
        List<String> found = texts(connection, check);
        if (!found.equals(List.of("ok"))) {
            throw new DamagedCopyException(check + " finds damage: " + String.join("; ", found), null);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
