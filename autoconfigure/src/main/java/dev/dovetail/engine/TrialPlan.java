package dev.dovetail.engine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a statement would be run.
 *
 * @param cost in the planner's own units; null if it does not say
 * @param scanned the tables that are read from end to end
 * @param walked the tables that are read from end to end in the order of an index, or in its place
 * @param sorts whether rows are sorted
 * @param used those of the tried indexes that are used
 * @param text the plan as the database writes it, without values
 */
public record TrialPlan(
        @Nullable Double cost,
        Set<String> scanned,
        Set<String> walked,
        boolean sorts,
        List<IndexCandidate> used,
        String text) {

    public TrialPlan {
        scanned = Set.copyOf(scanned);
        walked = Set.copyOf(walked);
        used = List.copyOf(used);
    }
}
