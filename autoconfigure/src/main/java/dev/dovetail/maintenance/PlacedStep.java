package dev.dovetail.maintenance;

import dev.dovetail.engine.UpkeepResult;
import org.springframework.core.Ordered;

/**
 * A step at its place, wherever that was said: {@code @Order} of a bean may stand at the method that makes it.
 *
 * @param step that is run
 * @param order its place; lower ones come first
 */
public record PlacedStep(MaintenanceStep step, int order) implements MaintenanceStep, Ordered {

    @Override
    public String name() {
        return step.name();
    }

    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public UpkeepResult run(MaintenanceContext context) throws Exception {
        return step.run(context);
    }
}
