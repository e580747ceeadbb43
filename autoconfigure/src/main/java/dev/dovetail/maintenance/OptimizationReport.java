package dev.dovetail.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run of the optimizer.
 *
 * @param dryRun whether only the plan was asked for
 * @param startedAt when it began
 * @param duration how long it took
 * @param bytesBefore what the database took on disk before it; null if nobody could say
 * @param bytesAfter what it took afterwards; null if nobody could say
 * @param interrupted whether the application ended, the thread was interrupted, or another instance began, before all was done
 * @param steps in the order in which they were run
 */
public record OptimizationReport(
        boolean dryRun,
        Instant startedAt,
        Duration duration,
        @Nullable Long bytesBefore,
        @Nullable Long bytesAfter,
        boolean interrupted,
        List<StepResult> steps) {

    public OptimizationReport {
        steps = List.copyOf(steps);
    }

    /** Whether it came to its end, and no step failed. */
    public boolean success() {
        return !interrupted && steps.stream().noneMatch(StepResult::failed);
    }

    /** What came of this step. */
    public StepResult step(String name) {
        return steps.stream()
                .filter(each -> each.step().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no step '" + name + "' among "
                        + steps.stream().map(StepResult::step).toList()));
    }
}
