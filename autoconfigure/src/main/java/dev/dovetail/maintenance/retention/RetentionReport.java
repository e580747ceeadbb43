package dev.dovetail.maintenance.retention;

import java.time.Instant;
import java.util.List;

/**
 * What a sweep deleted, or would delete.
 *
 * @param at the moment that ages were measured from
 * @param dryRun whether nothing was deleted
 * @param tables in the order of the configuration
 */
public record RetentionReport(Instant at, boolean dryRun, List<SweptTable> tables) {

    public RetentionReport {
        tables = List.copyOf(tables);
    }

    /** Whether every table was swept to its end. */
    public boolean isComplete() {
        return tables.stream().allMatch(table -> table.error() == null && !table.stopped());
    }

    /** How many rows were deleted, or would be. */
    public long rows() {
        return tables.stream().mapToLong(SweptTable::rows).sum();
    }
}
