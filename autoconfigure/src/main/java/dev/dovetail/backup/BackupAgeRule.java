package dev.dovetail.backup;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Health rule {@code backup-age}: the newest good backup is older than so many intervals in which one should have been made. */
public final class BackupAgeRule implements HealthRule {

    public static final String ID = "backup-age";

    /** In intervals. */
    public static final Threshold THRESHOLD = Threshold.count(1.5);

    private final Supplier<@Nullable Instant> newest;
    private final Instant since;
    private final Duration interval;

    /** One of the backups that are made by this schedule. */
    public BackupAgeRule(Backups backups, BackupSchedule schedule) {
        this(
                () -> later(backups.status().lastSuccess(), schedule.madeElsewhere()),
                schedule.startedAt(),
                schedule.interval());
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    /**
     * @param newest when the newest good one was made; null if there is none
     * @param since from when on they are made: the first has as long as any other
     */
    BackupAgeRule(Supplier<@Nullable Instant> newest, Instant since, Duration interval) {
        this.newest = newest;
        this.since = since;
        this.interval = interval;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Threshold threshold() {
        return THRESHOLD;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        Instant last = newest.get();
        Duration age = Duration.between(last == null ? since : last, evaluation.at());
        double intervals = (double) age.toMillis() / interval.toMillis();
        if (intervals <= evaluation.threshold()) {
            return List.of();
        }
        return List.of(evaluation.degraded(
                "backups",
                intervals > 2 * evaluation.threshold() ? Severity.HIGH : Severity.MEDIUM,
                intervals,
                "The newest good backup is older than it should be: " + (last == null ? "there is none" : last),
                "Look at why backups fail: section 'backups' of the endpoint, and the log."));
    }
}
