package dev.dovetail.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup.
 *
 * @param name by which it is verified and restored
 * @param path where it is
 * @param createdAt the moment whose state it holds
 * @param duration how long making or verifying it took; zero of one that is only listed
 * @param size in bytes, as it is stored
 * @param sha256 of the file as it is stored; empty if that is not known any more
 * @param engine of the database
 * @param engineVersion that wrote it
 * @param compressed whether it is compressed
 * @param key name of the key it is encrypted with; null if it is not
 * @param rows of each table
 * @param foreignKeyViolations rows that refer to others that are not there, in the database as in the backup
 * @param verified whether the copy was read as a whole when it was made, or just now, and held what was in the database
 * @param problem why it cannot be restored; null if nothing is known that is wrong
 */
public record BackupReport(
        String name,
        Path path,
        Instant createdAt,
        Duration duration,
        long size,
        String sha256,
        String engine,
        String engineVersion,
        boolean compressed,
        @Nullable String key,
        Map<String, Long> rows,
        long foreignKeyViolations,
        boolean verified,
        @Nullable String problem) {

    public BackupReport {
        rows = Map.copyOf(rows);
    }

    /** Whether it is encrypted. */
    public boolean encrypted() {
        return key != null;
    }

    static BackupReport of(Path path, BackupManifest manifest, Duration duration) {
        return new BackupReport(
                manifest.name(),
                path,
                manifest.createdAt(),
                duration,
                manifest.size(),
                manifest.sha256(),
                manifest.engine(),
                manifest.contents().version(),
                manifest.compressed(),
                manifest.key(),
                manifest.contents().rows(),
                manifest.contents().foreignKeyViolations(),
                manifest.verified(),
                null);
    }

    static BackupReport damaged(Path path, Instant modified, long size, String problem) {
        String name = String.valueOf(path.getFileName());
        return new BackupReport(
                name, path, modified, Duration.ZERO, size, "", "", "", false, null, Map.of(), 0, false, problem);
    }
}
