package dev.dovetail.maintenance;

import dev.dovetail.engine.UpkeepResult;

/**
 * One step of the optimizer. A bean of this type joins those of the engine, at the place that its {@code @Order} gives it: the
 * engine's have {@link dev.dovetail.engine.UpkeepTask}'s, and one without an order comes last. Steps are run one at a time.
 */
public interface MaintenanceStep {

    /** Where deleting what is too old stands: first, so that the others find what it has left. */
    int RETENTION = 1000;

    /** Where examining the newest backup stands: last of ours, as it changes nothing. */
    int INTEGRITY = 9000;

    /** Under which its results are found; the same at each run, and no other step's. */
    String name();

    /**
     * Does it, or says why not. In a {@linkplain MaintenanceContext#dryRun() dry run} it only says what it would do; the
     * connection then refuses to write.
     *
     * @throws Exception if it failed; the other steps are run all the same
     */
    UpkeepResult run(MaintenanceContext context) throws Exception;
}
