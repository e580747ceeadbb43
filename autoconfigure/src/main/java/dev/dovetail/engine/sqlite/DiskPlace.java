package dev.dovetail.engine.sqlite;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory and its disk.
 *
 * @param total bytes of the disk
 * @param usable bytes of them that this process may still take
 */
record DiskPlace(@Nullable Path directory, long total, long usable) {

    static DiskPlace of(@Nullable Path directory) {
        try {
            Path real = Objects.requireNonNull(directory).toRealPath();
            FileStore store = Files.getFileStore(real);
            return new DiskPlace(real, store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException | RuntimeException e) {
            return new DiskPlace(directory, 0, 0);
        }
    }

    /** Where SQLite itself looks (sqlite.org/tempfiles.html). */
    static DiskPlace ofTemporaryFiles() {
        return of(Stream.of(System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp")
                .filter(each -> each != null && !each.isEmpty())
                .map(Path::of)
                .filter(each -> Files.isDirectory(each) && Files.isWritable(each) && Files.isExecutable(each))
                .findFirst()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))));
    }

    /** Whether what one takes the other has no more: a disk may be seen at several places, but its size is the same. */
    boolean isOneDiskWith(DiskPlace other) {
        return total == other.total;
    }
}
