package dev.dovetail.maintenance;

import dev.dovetail.coordination.Leases;
import dev.dovetail.engine.DatabaseUpkeep;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/** Puts optimizers together. */
public final class Optimizers {

    private Optimizers() {}

    /**
     * One of this database.
     *
     * @param further steps beside the engine's own, which all have their place in one order
     * @param backups where the newest one lies; null if nobody knows
     */
    public static Optimizer of(
            MaintainedDatabase database,
            OptimizerSettings settings,
            List<MaintenanceStep> further,
            @Nullable NewestBackup backups,
            Leases leases,
            MaintenanceHistory history,
            Clock clock,
            MaintenanceListeners listeners) {
        DatabaseUpkeep upkeep = database.engine().upkeep();
        List<MaintenanceStep> steps = new ArrayList<>();
        upkeep.tasks(settings.upkeep()).forEach(task -> steps.add(new EngineStep(task)));
        if (upkeep.examinesCopies()) {
            steps.add(new IntegrityStep(backups, settings.integrityInterval(), history, clock));
        }
        steps.addAll(further);
        AnnotationAwareOrderComparator.sort(steps);
        return new Optimizer(new StepRunner(database, steps), leases, history, clock, listeners);
    }
}
