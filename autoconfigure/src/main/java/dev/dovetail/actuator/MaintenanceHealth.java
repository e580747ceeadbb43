package dev.dovetail.actuator;

import dev.dovetail.maintenance.Checkpointer;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.StepResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What health says of maintenance. A database that nobody maintains is slow and large, but not down. */
public final class MaintenanceHealth {

    private final MaintenanceHistory history;
    private final @Nullable Checkpointer checkpointer;

    /** @param checkpointer makes checkpoints; null if this database needs none */
    public MaintenanceHealth(MaintenanceHistory history, @Nullable Checkpointer checkpointer) {
        this.history = history;
        this.checkpointer = checkpointer;
    }

    // What a step says of its failure may be an application's own text, and health is often public.
    void add(List<String> issues, List<String> recommendations) {
        MaintenanceRun last = history.last();
        if (last != null && last.state() == MaintenanceRun.State.FAILED) {
            last.steps().stream()
                    .filter(StepResult::failed)
                    .forEach(step -> issues.add(
                            "The optimizer's step '%s' failed at %s".formatted(step.step(), last.startedAt())));
            recommendations.add("Section 'maintenance' of the endpoint and the log say why. Run the optimizer again.");
        }
        if (checkpointer != null && checkpointer.status().starved()) {
            issues.add("The write-ahead log grows, because somebody has been reading for long");
            recommendations.add("End long read-only transactions and result sets that are not read to their end.");
        }
    }
}
