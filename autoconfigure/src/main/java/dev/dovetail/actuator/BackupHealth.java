package dev.dovetail.actuator;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupStatus;
import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;

/** What health shows of backups: when the newest was made, and whether one is being restored. */
public final class BackupHealth {

    private final Backups backups;

    public BackupHealth(Backups backups) {
        this.backups = backups;
    }

    /** Adds it; returns whether the database is being restored, so that it must not be asked. */
    boolean add(Health.Builder builder, Collection<String> issues) {
        try {
            return add(backups.status(), builder, issues);
        } catch (BackupException e) {
            // A directory that cannot be read is no reason to take a database for dead.
            issues.add(
                    "The directory of the backups cannot be read: look at dovetail.backup.directory, and who may read it");
            return false;
        }
    }

    private static boolean add(BackupStatus status, Health.Builder builder, Collection<String> issues) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("restoring", status.restoring());
        Instant last = status.lastSuccess();
        if (last != null) {
            shown.put("lastSuccess", last);
        }
        RestoreReport restore = status.lastRestore();
        if (restore != null) {
            shown.put("lastRestore", Map.of("name", restore.name(), "at", restore.finishedAt()));
        }
        builder.withDetail("backups", shown);
        if (status.restoring()) {
            builder.outOfService();
            issues.add("The database is being restored");
        }
        return status.restoring();
    }
}
