package dev.dovetail.backup;

import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Health rule {@code backup-failures}: so many scheduled backups have failed in a row. It tells so within minutes, long before the
 * newest good one is too old. Why they fail may hold names of files, and health is often public, so that it is not repeated.
 */
public final class BackupFailureRule implements HealthRule {

    public static final String ID = "backup-failures";

    /** In a row. */
    public static final Threshold THRESHOLD = Threshold.count(3);

    private final IntSupplier failures;

    /** One of the backups that are made by this schedule. */
    public BackupFailureRule(BackupSchedule schedule) {
        this(schedule::failures);
    }

    BackupFailureRule(IntSupplier failures) {
        this.failures = failures;
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
        double inARow = failures.getAsInt();
        if (inARow == 0 || inARow < evaluation.threshold()) {
            return List.of();
        }
        return List.of(evaluation.degraded(
                "backups",
                inARow > 2 * evaluation.threshold() ? Severity.HIGH : Severity.MEDIUM,
                inARow,
                "The last %.0f scheduled backups failed".formatted(inARow),
                "Section 'backups' of the endpoint and the log say why."));
    }
}
