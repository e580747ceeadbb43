package dev.dovetail.maintenance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep did to one table.
 *
 * @param table as it is configured
 * @param before rows older than this go
 * @param rows how many were deleted, or would be; rows of other tables that went with them are not counted
 * @param refused how many a foreign key, a constraint or a trigger refused to let go
 * @param oldestRemaining of the rows that the condition is about; null if there is none, or none that says when it was
 * @param batches transactions that deleted something
 * @param duration from begin to end
 * @param longestBatch the longest that others had to wait for one transaction
 * @param stopped whether the application ended, or the thread was interrupted, before all was done
 * @param warnings what is to be put in order, each with what to do
 * @param error why not all rows could go; null if all did
 */
public record SweptTable(
        String table,
        Instant before,
        long rows,
        long refused,
        @Nullable Instant oldestRemaining,
        int batches,
        Duration duration,
        Duration longestBatch,
        boolean stopped,
        List<String> warnings,
        @Nullable String error) {

    public SweptTable {
        warnings = List.copyOf(warnings);
    }
}
