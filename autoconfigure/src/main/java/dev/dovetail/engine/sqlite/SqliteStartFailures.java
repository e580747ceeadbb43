package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;

/** What to tell somebody whose SQLite database could not be opened. */
final class SqliteStartFailures {

    private SqliteStartFailures() {}

    static DatabaseStartException explain(String file, ErrorCode code, SQLException error) {
        return switch (code) {
            case READ_ONLY_DATABASE, READ_ONLY_TRANSACTION, PERMISSION_DENIED ->
                new DatabaseStartException(
                        "The SQLite database " + file + " is read-only, so journal_mode cannot be set",
                        "Give the user of the application write access to the file and to its directory"
                                + " (SQLite keeps -wal and -shm beside it).",
                        error);
            case CORRUPT ->
                new DatabaseStartException(
                        "The file " + file + " is damaged or is not an SQLite database",
                        "Restore it from a backup, or set dovetail.sqlite.path to another file. Keep the file and its"
                                + " -wal and -shm together until then.",
                        error);
            case LOCK_TIMEOUT, SERIALIZATION_FAILURE ->
                new DatabaseStartException(
                        "Another process holds a lock on the SQLite database " + file,
                        "Stop that process, or raise dovetail.sqlite.busy-timeout if it only takes longer.",
                        error);
            case STORAGE_FULL ->
                new DatabaseStartException(
                        "There is no room left for the SQLite database " + file,
                        "Free space on its volume and start again.",
                        error);
            case UNREACHABLE ->
                new DatabaseStartException(
                        "The SQLite database " + file + " cannot be opened",
                        "Check that the file, its -wal and its directory belong to the user of the application.",
                        error);
            default -> nativeLibrary(file, error);
        };
    }

    private static DatabaseStartException nativeLibrary(String file, SQLException error) {
        if (String.valueOf(error.getMessage()).contains("Error opening connection")) {
            return new DatabaseStartException(
                    "SQLite's native library could not be loaded",
                    "It is unpacked into java.io.tmpdir, which must be writable and not mounted noexec; set"
                            + " -Dorg.sqlite.tmpdir to a directory that is.",
                    error);
        }
        return new DatabaseStartException(
                "The SQLite database " + file + " cannot be used", "See what the driver says below.", error);
    }
}
