package dev.dovetail.benchmarks.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Databases as files in one directory. */
public final class SqliteFiles {

    /** System property: where the files lie. */
    public static final String DIRECTORY = "dovetail.benchmarks.directory";

    private SqliteFiles() {}

    /** Where the files lie, made if it is missing. */
    public static Path directory() {
        try {
            return Files.createDirectories(
                    Path.of(System.getProperty(DIRECTORY, System.getProperty("java.io.tmpdir"))));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static boolean exists(String name) {
        return Files.exists(file(name));
    }

    static DatabaseUnderTest at(String name) {
        return database(name, () -> {});
    }

    static DatabaseUnderTest copy(String template, String name) {
        try {
            Files.copy(file(template), file(name));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return database(name, () -> delete(name));
    }

    static void rename(String from, String to) {
        try {
            Files.move(file(from), file(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Without a journal, as nobody else looks at it yet. */
    static void build(String name, int rows) {
        delete(name);
        try (Connection connection = at(name).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -256000");
            statement.execute(Engine.SQLITE.createTable());
            statement.execute(Engine.SQLITE.fill().formatted(rows));
            statement.execute(Engine.SQLITE.createIndex());
            statement.execute("ANALYZE");
        } catch (SQLException ex) {
            throw new IllegalStateException("Could not fill " + file(name), ex);
        }
    }

    private static DatabaseUnderTest database(String name, Runnable remove) {
        return new DatabaseUnderTest(Engine.SQLITE, "jdbc:sqlite:" + file(name), "", "", remove);
    }

    private static Path file(String name) {
        return directory().resolve(name + ".db");
    }

    private static void delete(String name) {
        try {
            for (String suffix : new String[] {"", "-wal", "-shm", ".migration.lock"}) {
                Files.deleteIfExists(Path.of(file(name) + suffix));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
