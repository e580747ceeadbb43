package dev.dovetail.actuator;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupStatus;
import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * What health shows of backups: when the newest was made, and whether one is being restored. Their directory, which may be far
 * away, is read once a minute, however often somebody asks. Safe for use by several threads.
 */
public final class BackupHealth {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Backups backups;
    private final LongSupplier nanoTime;
    private volatile @Nullable Looked looked;

    /** What was found, and when by the clock of nanoseconds; no status if the directory could not be read. */
    private record Looked(@Nullable BackupStatus status, long nanos) {}

    public BackupHealth(Backups backups) {
        this(backups, System::nanoTime);
    }

    BackupHealth(Backups backups, LongSupplier nanoTime) {
        this.backups = backups;
        this.nanoTime = nanoTime;
    }

    /** Adds it; returns whether the database is being restored, so that it must not be asked. */
    boolean add(Health.Builder builder, Collection<String> issues) {
        boolean restoring = backups.isRestoring();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("restoring", restoring);
        BackupStatus status = lately();
        if (status == null) {
            // No reason to take a database for dead.
            issues.add(
                    "The directory of the backups cannot be read: look at dovetail.backup.directory, and who may read it");
        } else {
            show(status, shown);
        }
        builder.withDetail("backups", shown);
        if (restoring) {
            builder.outOfService();
            issues.add("The database is being restored");
        }
        return restoring;
    }

    private @Nullable BackupStatus lately() {
        Looked last = looked;
        if (last == null || nanoTime.getAsLong() - last.nanos() >= FRESH.toNanos()) {
            last = look();
            looked = last;
        }
        return last.status();
    }

    private Looked look() {
        try {
            return new Looked(backups.status(), nanoTime.getAsLong());
        } catch (BackupException e) {
            return new Looked(null, nanoTime.getAsLong());
        }
    }

    private static void show(BackupStatus status, Map<String, Object> shown) {
        Instant last = status.lastSuccess();
        if (last != null) {
            shown.put("lastSuccess", last);
        }
        RestoreReport restore = status.lastRestore();
        if (restore != null) {
            shown.put("lastRestore", Map.of("name", restore.name(), "at", restore.finishedAt()));
        }
    }
}
