package dev.dovetail.maintenance;

import dev.dovetail.engine.UpkeepResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/** Examines the newest backup as a whole, once a week: the live file would be read to its end, and its cache lost. */
final class IntegrityStep implements MaintenanceStep, Ordered {

    static final String NAME = "integrity";

    private final @Nullable NewestBackup backups;
    private final Duration interval;
    private final MaintenanceHistory history;
    private final Clock clock;
    private @Nullable Instant examined;

    IntegrityStep(@Nullable NewestBackup backups, Duration interval, MaintenanceHistory history, Clock clock) {
        this.backups = backups;
        this.interval = interval;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int getOrder() {
        return INTEGRITY;
    }

    @Override
    public UpkeepResult run(MaintenanceContext context) throws SQLException {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("interval", interval.toString());
        Instant last = last();
        if (last != null) {
            details.put("lastExamination", last.toString());
            if (last.plus(interval).isAfter(clock.instant())) {
                return UpkeepResult.notNeeded("The last examination was at " + last, details);
            }
        }
        Optional<Path> newest = backups == null ? Optional.empty() : backups.newest();
        if (newest.isEmpty()) {
            return UpkeepResult.skipped(
                    "There is no backup to examine, and the live file is left alone. Set dovetail.backup.enabled=true.",
                    details);
        }
        details.put("backup", String.valueOf(newest.get().getFileName()));
        return context.dryRun()
                ? UpkeepResult.planned("The newest backup would be examined", details)
                : examine(context, newest.get(), details);
    }

    private UpkeepResult examine(MaintenanceContext context, Path backup, Map<String, Object> details)
            throws SQLException {
        List<String> problems = context.upkeep().problemsOf(backup);
        if (problems == null) {
            return UpkeepResult.skipped(
                    "The newest backup is compressed or encrypted: verifying it examines what is in it", details);
        }
        examined = clock.instant();
        details.put("problems", problems);
        return problems.isEmpty()
                ? UpkeepResult.done("The newest backup is sound", details)
                : UpkeepResult.failed(
                        "The newest backup is damaged: " + String.join("; ", problems)
                                + ". Verify the backups before it, and examine the database itself.",
                        details);
    }

    private @Nullable Instant last() {
        Instant known = history.lastTimeOf(NAME);
        Instant own = examined;
        return known == null || (own != null && own.isAfter(known)) ? own : known;
    }
}
