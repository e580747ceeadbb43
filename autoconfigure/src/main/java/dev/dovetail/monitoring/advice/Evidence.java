package dev.dovetail.monitoring.advice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the planner runs a statement without and with the index. Holds no value.
 *
 * @param planBefore the plan with what exists
 * @param planAfter the plan with the index
 * @param costBefore in the planner's units; null if it does not say
 * @param costAfter in the same units
 * @param method on what the plans were made
 * @param statements those that the index is for, the one that took the longest in all first; the plans are its
 */
public record Evidence(
        String planBefore,
        String planAfter,
        @Nullable Double costBefore,
        @Nullable Double costAfter,
        String method,
        List<ObservedStatement> statements) {

    public Evidence {
        statements = List.copyOf(statements);
    }
}
