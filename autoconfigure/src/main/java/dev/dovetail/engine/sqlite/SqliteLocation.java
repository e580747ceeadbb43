package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Where the database lies.
 *
 * @param file its absolute path
 * @param isPrivate whether it is a temporary one that nobody else may see and that ends with the application
 */
record SqliteLocation(Path file, boolean isPrivate) {

    private static final String PREFIX = "jdbc:sqlite:";

    /** The place that the URL names, or the path if there is no URL. Creates nothing. */
    static SqliteLocation of(@Nullable String url, String path) {
        String name = url == null ? path : url.substring(PREFIX.length());
        if (name.startsWith("file:")) {
            name = StringUtils.uriDecode(name.substring("file:".length()), StandardCharsets.UTF_8);
        }
        if (name.isEmpty() || name.startsWith(SqliteSettings.IN_MEMORY) || name.contains("mode=memory")) {
            return inMemory();
        }
        if (name.indexOf('?') >= 0) {
            throw new DatabaseStartException(
                    "The SQLite URL has parameters, which the driver would apply in no particular order or take for a"
                            + " part of the file's name",
                    "Remove what follows '?' and set dovetail.sqlite.* instead, further pragmas as"
                            + " dovetail.sqlite.pragmas.<name>.",
                    null);
        }
        return new SqliteLocation(Path.of(name).toAbsolutePath().normalize(), false);
    }

    // A real in-memory database is one per connection, or has no WAL and other locks; this behaves as in production.
    private static SqliteLocation inMemory() {
        Path directory = temporary().resolve("dovetail-" + UUID.randomUUID());
        return new SqliteLocation(directory.resolve("memory.db"), true);
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    }

    /** For messages. */
    String description() {
        return isPrivate ? "in memory (a private file in " + temporary() + ")" : file.toString();
    }

    /** Creates the directories, and the file so that only its owner may read it; leaves what exists as it is. */
    void create() {
        try {
            createDirectory();
            if (Files.notExists(file)) {
                // An exclusive create fails without opening if another instance was quicker, so no lock is dropped.
                Files.createFile(file, ownerOnly("rw-------"));
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw unusable(e);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        if (Files.isDirectory(file)) {
            throw new DatabaseStartException(
                    "The SQLite database " + file + " is a directory",
                    "Set dovetail.sqlite.path to a file in it, for example " + file.resolve("app.db") + ".",
                    null);
        }
    }

    private void createDirectory() throws IOException {
        Path directory = file.getParent();
        if (isPrivate) {
            // An exclusive create: nobody can have prepared the directory in order to read along.
            Files.createDirectory(directory, ownerOnly("rwx------"));
        } else if (directory != null) {
            Files.createDirectories(directory);
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private DatabaseStartException unusable(IOException cause) {
        if (isPrivate) {
            return new DatabaseStartException(
                    "No temporary directory could be made for an in-memory database in " + temporary(),
                    "Make java.io.tmpdir writable, or set dovetail.sqlite.path to a file.",
                    cause);
        }
        return new DatabaseStartException(
                "The SQLite database " + file + " cannot be created: its directory is missing and cannot be made, or is"
                        + " not writable",
                "Make " + file.getParent() + " writable for the user of the application, or set dovetail.sqlite.path.",
                cause);
    }

    /** Removes a private database with all its files. */
    void discard() {
        Path directory = file.getParent();
        if (!isPrivate || directory == null || Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The private database in " + directory + " could not be removed", e);
        }
    }
}
