package dev.dovetail.maintenance;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.engine.UpkeepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/**
 * Examines the newest backup as a whole, once a week: the live file would be read to its end, and its cache lost. After a bad result
 * it does so in each run, so that health goes on saying it until it is good.
 */
final class IntegrityStep implements MaintenanceStep, Ordered {

    static final String NAME = "integrity";

    /** The detail of how many rows refer to others that are not there. */
    static final String VIOLATIONS = "foreignKeyViolations";

    private final @Nullable Backups backups;
    private final Duration interval;
    private final MaintenanceHistory history;
    private final Clock clock;
    private @Nullable Instant examined;

    IntegrityStep(@Nullable Backups backups, Duration interval, MaintenanceHistory history, Clock clock) {
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
    public UpkeepResult run(MaintenanceContext context) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("interval", interval.toString());
        Instant last = last();
        if (last != null) {
            details.put("lastExamination", last.toString());
            Instant now = clock.instant();
            // In the future by more than others' clocks differ: it was written by one that was wrong.
            if (last.plus(interval).isAfter(now) && last.minus(interval).isBefore(now)) {
                return UpkeepResult.notNeeded("The last examination was at " + last, details);
            }
        }
        Backups known = backups;
        BackupReport newest = known == null ? null : known.newest();
        if (known == null || newest == null) {
            return UpkeepResult.skipped(
                    "There is no backup to examine, and the live database is left alone. Set dovetail.backup.enabled=true.",
                    details);
        }
        details.put("backup", newest.name());
        return context.dryRun()
                ? UpkeepResult.planned("The newest backup would be examined", details)
                : examine(known, newest.name(), details);
    }

    private UpkeepResult examine(Backups known, String name, Map<String, Object> details) {
        BackupReport examination;
        try {
            examination = known.verify(name);
        } catch (BackupException e) {
            if (e.reason() == Reason.ALREADY_RUNNING) {
                return UpkeepResult.skipped("Another backup, verification or restore is running", details);
            }
            throw e;
        }
        details.put(VIOLATIONS, examination.foreignKeyViolations());
        String problem = examination.problem();
        if (problem != null) {
            return UpkeepResult.failed(
                    "The newest backup is damaged: " + problem
                            + ". Verify the backups before it, and examine the database itself.",
                    details);
        }
        if (examination.foreignKeyViolations() > 0) {
            return UpkeepResult.failed(
                    "The newest backup is what the database was, and %d row(s) in it refer to others that are not there"
                            .formatted(examination.foreignKeyViolations()),
                    details);
        }
        examined = clock.instant();
        return UpkeepResult.done("The newest backup is sound", details);
    }

    private @Nullable Instant last() {
        Instant known = history.lastSuccessOf(NAME);
        Instant own = examined;
        return known == null || (own != null && own.isAfter(known)) ? own : known;
    }
}
