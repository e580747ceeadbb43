package dev.dovetail.actuator;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupSchedule;
import dev.dovetail.backup.BackupStatus;
import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/** What health says of backups: whether one is being restored, and whether the newest is too old. */
public final class BackupHealth {

    private final Backups backups;
    private final @Nullable BackupSchedule schedule;
    private final Clock clock;

    /** @param schedule by which they are made; null if nobody makes them regularly */
    public BackupHealth(Backups backups, @Nullable BackupSchedule schedule, Clock clock) {
        this.backups = backups;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Adds it; returns whether the database is being restored, so that it must not be asked. */
    boolean add(Health.Builder builder, List<String> issues, List<String> recommendations) {
        try {
            return add(backups.status(), builder, issues, recommendations);
        } catch (BackupException e) {
            // A directory that cannot be read is no reason to take a database for dead.
            issues.add("The directory of the backups cannot be read");
            recommendations.add("Look at dovetail.backup.directory: whether it is there, and who may read it.");
            return false;
        }
    }

    private boolean add(
            BackupStatus status, Health.Builder builder, List<String> issues, List<String> recommendations) {
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
        } else if (isLate(last)) {
            issues.add("The newest good backup is older than it should be: " + (last == null ? "there is none" : last));
            recommendations.add("Look at why backups fail: section 'backups' of the endpoint, and the log.");
        }
        return status.restoring();
    }

    // The first one has as long as any other.
    private boolean isLate(@Nullable Instant last) {
        BackupSchedule known = schedule;
        if (known == null) {
            return false;
        }
        Duration allowed = known.interval().plus(known.interval().dividedBy(2));
        Instant since = last == null ? known.startedAt() : last;
        return since.plus(allowed).isBefore(clock.instant());
    }
}
