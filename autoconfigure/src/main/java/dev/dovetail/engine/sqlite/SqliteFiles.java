package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of one SQLite database.
 *
 * <p>Only asks the file system about them: opening and closing any of them in this process would drop the locks that
 * SQLite holds (sqlite.org/howtocorrupt.html §2.2).
 */
final class SqliteFiles implements DatabaseFiles {

    private final Path file;
    private volatile Path writeAheadLog;
    private volatile @Nullable Object identity;

    SqliteFiles(Path file) {
        this.file = file;
        this.writeAheadLog = beside(file);
    }

    /** Remembers which file the path names now, for {@link #inPlace()}. */
    void remember() {
        if (identity == null) {
            identity = identityNow();
            writeAheadLog = beside(real());
        }
    }

    /** The path is about to name another file, which is then remembered. */
    void forget() {
        identity = null;
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    // SQLite puts its log beside the file itself, not beside a link to it.
    private Path real() {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    @Override
    public String path() {
        return file.toString();
    }

    @Override
    public long size() {
        return sizeOf(file);
    }

    @Override
    public long writeAheadLogSize() {
        return sizeOf(writeAheadLog);
    }

    @Override
    public boolean inPlace() {
        return Files.exists(file) && Objects.equals(identity, identityNow());
    }

    /**
     * Whether this process has opened a file that is not in its place any more. SQLite itself goes by the file's number as long as it
     * has it open, so that a file system on which that changes meanwhile is no place for it.
     */
    boolean areLost() {
        return identity != null && !inPlace();
    }

    private @Nullable Object identityNow() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }
}
