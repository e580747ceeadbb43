package dev.dovetail.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How backups stand.
 *
 * @param restoring whether the database is being restored
 * @param running what is being done; null if nothing
 * @param lastSuccess when the newest good backup was made; null if there is none
 * @param lastFailure why the last backup could not be made; null if it could
 * @param lastFailureAt when that was
 * @param lastRestore the last one of this process; null if there was none
 */
public record BackupStatus(
        boolean restoring,
        @Nullable BackupProgress running,
        @Nullable Instant lastSuccess,
        @Nullable String lastFailure,
        @Nullable Instant lastFailureAt,
        @Nullable RestoreReport lastRestore) {}
