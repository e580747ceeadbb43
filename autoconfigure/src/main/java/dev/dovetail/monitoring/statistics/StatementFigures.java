package dev.dovetail.monitoring.statistics;

import dev.dovetail.engine.QueryPlan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one statement did since it is kept. Durations are in nanoseconds, from the statement's start until its result was read
 * or closed; percentiles are off by 3 % at most.
 *
 * @param id of its text
 * @param text without values; cut after 4,096 characters
 * @param query whether it returned a result set
 * @param count how often it was executed, a batch being one execution
 * @param errors how often it failed
 * @param slow how often it took as long as the threshold, or longer
 * @param rows how many rows it read or changed, where the database said so
 * @param callers what the application was doing when it was executed, the first 8 such operations
 * @param first when it first ended
 * @param last when it last ended
 * @param plan how the database would run it, asked when it was slow for the first time; null if that is not known
 */
public record StatementFigures(
        String id,
        String text,
        boolean query,
        long count,
        long errors,
        long slow,
        long rows,
        long totalNanos,
        long meanNanos,
        long maxNanos,
        long p50Nanos,
        long p95Nanos,
        long p99Nanos,
        List<String> callers,
        Instant first,
        Instant last,
        @Nullable QueryPlan plan) {

    public StatementFigures {
        callers = List.copyOf(callers);
    }
}
