package dev.dovetail.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A restore that succeeded.
 *
 * @param name of the backup that is in place now
 * @param finishedAt when
 * @param duration from the begin of the verification on
 * @param paused how long nobody got a connection
 * @param safetyBackup name of the backup of what was there before; null if that could not be read
 * @param replaced where the files are that were there before; null if there is a backup of them, or they were none
 */
public record RestoreReport(
        String name,
        Instant finishedAt,
        Duration duration,
        Duration paused,
        @Nullable String safetyBackup,
        @Nullable Path replaced) {}
