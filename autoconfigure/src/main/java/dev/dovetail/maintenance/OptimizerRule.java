package dev.dovetail.maintenance;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthRule;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Health rule {@code optimizer}: steps of the last run that failed. What a step says of its failure may be an application's own
 * text, and health is often public, so that it is not repeated.
 */
public final class OptimizerRule implements HealthRule {

    public static final String ID = "optimizer";

    private final MaintenanceHistory history;

    public OptimizerRule(MaintenanceHistory history) {
        this.history = history;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws SQLException {
        MaintenanceRun last = OperationContext.health(() -> Optional.ofNullable(history.last()))
                .orElse(null);
        if (last == null || last.state() != MaintenanceRun.State.FAILED) {
            return List.of();
        }
        return last.steps().stream()
                .filter(StepResult::failed)
                .map(step -> step.step().equals(IntegrityStep.NAME)
                        ? examination(evaluation, step, last.startedAt())
                        : evaluation.degraded(
                                step.step(),
                                Severity.LOW,
                                null,
                                "The optimizer's step '%s' failed at %s".formatted(step.step(), last.startedAt()),
                                "Section 'maintenance' of the endpoint and the log say why. Run the optimizer again."))
                .toList();
    }

    private static Finding examination(Evaluation evaluation, StepResult step, Instant at) {
        boolean orphans = !step.details()
                .getOrDefault(IntegrityStep.VIOLATIONS, "0")
                .toString()
                .equals("0");
        return evaluation.degraded(
                step.step(),
                orphans ? Severity.MEDIUM : Severity.HIGH,
                null,
                orphans
                        ? "Rows of the newest backup, examined at %s, refer to others that are not there".formatted(at)
                        : "The newest backup did not pass its examination at %s".formatted(at),
                orphans
                        ? "Somebody wrote while foreign keys were off: look for rows whose parents are missing, and mend them."
                        : "Section 'maintenance' of the endpoint and the log say why. Verify the backups before it, and"
                                + " examine the database itself; keep every backup until you know.");
    }
}
