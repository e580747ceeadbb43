package dev.dovetail.maintenance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of the sweep of one table. Used by one thread. */
final class SweepResult {

    private final String table;
    private final Instant before;
    private final long began = System.nanoTime();
    private final List<String> warnings = new ArrayList<>();
    private long rows;
    private long refused;
    private @Nullable Instant oldestRemaining;
    private int batches;
    private Duration longestBatch = Duration.ZERO;
    private boolean stopped;
    private @Nullable String error;
    private @Nullable Exception cause;

    SweepResult(String table, Instant before) {
        this.table = table;
        this.before = before;
    }

    String table() {
        return table;
    }

    Instant before() {
        return before;
    }

    SweepResult stopped() {
        stopped = true;
        return this;
    }

    void warn(List<String> found) {
        warnings.addAll(found);
    }

    void failed(String why, Exception thrown) {
        error = why;
        cause = thrown;
    }

    @Nullable
    Exception cause() {
        return cause;
    }

    void wouldDelete(long count) {
        rows = count;
    }

    void oldestRemaining(@Nullable Instant oldest) {
        oldestRemaining = oldest;
    }

    void swept(TableSweep sweep) {
        rows = sweep.deleted();
        refused = sweep.refused();
        batches = sweep.batches();
        longestBatch = sweep.longestBatch();
        String refusal = sweep.refusal();
        if (refusal != null) {
            error = ("%d row(s) could not be deleted%s. Delete what refers to them first, or keep such rows out by the"
                            + " rule's 'where'. The last one: %s")
                    .formatted(refused, sweep.isGivenUp() ? ", and the rest was not tried" : "", refusal);
        }
    }

    SweptTable toTable() {
        return new SweptTable(
                table,
                before,
                rows,
                refused,
                oldestRemaining,
                batches,
                Duration.ofNanos(System.nanoTime() - began),
                longestBatch,
                stopped,
                warnings,
                error);
    }
}
