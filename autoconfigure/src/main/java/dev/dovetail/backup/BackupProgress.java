package dev.dovetail.backup;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup, a verification or a restore is.
 *
 * @param work {@code backup}, {@code verify} or {@code restore}
 * @param name of the backup
 * @param step what is being done
 * @param done bytes of this step
 * @param total bytes of this step; 0 if unknown
 * @param startedAt when the work began
 * @param remaining how long this step still takes, by what it has taken so far; null if nobody knows
 */
public record BackupProgress(
        String work,
        String name,
        String step,
        long done,
        long total,
        Instant startedAt,
        @Nullable Duration remaining) {

    /** From 0 to 100; -1 if nobody knows. */
    public int percent() {
        return total <= 0 ? -1 : (int) Math.min(100, done * 100 / total);
    }
}
