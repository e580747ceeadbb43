package dev.dovetail.engine;

import java.util.function.BooleanSupplier;

/**
 * What is asked of a piece of upkeep.
 *
 * @param dryRun only say what would be done; the connection refuses to write
 * @param reindex also rebuild indexes
 * @param fullVacuum also rewrite the database as a whole, whether or not it pays
 * @param idle whether nobody else in this process uses the database at the moment
 * @param goesOn false as soon as it is to end; whatever takes long asks in between
 */
public record UpkeepRequest(
        boolean dryRun, boolean reindex, boolean fullVacuum, BooleanSupplier idle, BooleanSupplier goesOn) {}
