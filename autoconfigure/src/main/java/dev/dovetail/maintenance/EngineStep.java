package dev.dovetail.maintenance;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepTask;
import java.sql.SQLException;
import org.springframework.core.Ordered;

/** A piece of the engine's upkeep as a step. */
record EngineStep(UpkeepTask task) implements MaintenanceStep, Ordered {

    @Override
    public String name() {
        return task.name();
    }

    @Override
    public int getOrder() {
        return task.order();
    }

    @Override
    public UpkeepResult run(MaintenanceContext context) throws SQLException {
        OptimizationOptions options = context.options();
        return task.run(
                context.connection(),
                new UpkeepRequest(
                        options.dryRun(), options.reindex(), options.fullVacuum(), context::isIdle, context::goesOn));
    }
}
