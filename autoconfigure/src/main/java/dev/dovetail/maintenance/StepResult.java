package dev.dovetail.maintenance;

import dev.dovetail.engine.UpkeepResult;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one step.
 *
 * @param step its name
 * @param outcome whether it was done
 * @param message what was done, or why not
 * @param duration how long it took
 * @param bytesBefore what the database took on disk before it; null if nobody could say
 * @param bytesAfter what it took afterwards; null if nobody could say
 * @param details the numbers by which it was decided, by name; from the history they are texts
 */
public record StepResult(
        String step,
        UpkeepResult.Outcome outcome,
        String message,
        Duration duration,
        @Nullable Long bytesBefore,
        @Nullable Long bytesAfter,
        Map<String, Object> details) {

    static StepResult of(
            String step,
            UpkeepResult result,
            Duration duration,
            @Nullable Long bytesBefore,
            @Nullable Long bytesAfter) {
        return new StepResult(
                step, result.outcome(), result.message(), duration, bytesBefore, bytesAfter, result.details());
    }

    /** Whether it was tried in vain. */
    public boolean failed() {
        return outcome == UpkeepResult.Outcome.FAILED;
    }
}
