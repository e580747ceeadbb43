package dev.dovetail.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of the optimizer, as it was written down.
 *
 * @param id greater than those of earlier ones
 * @param instance which instance did it
 * @param cause why
 * @param state how it ended, if it has
 * @param startedAt when it began, by that instance's clock
 * @param duration how long it took; null if it has not ended
 * @param bytesBefore what the database took on disk before it; null if nobody could say
 * @param bytesAfter what it took afterwards; null if nobody could say
 * @param steps in the order in which they were run; empty if it has not ended
 */
public record MaintenanceRun(
        long id,
        String instance,
        Cause cause,
        State state,
        Instant startedAt,
        @Nullable Duration duration,
        @Nullable Long bytesBefore,
        @Nullable Long bytesAfter,
        List<StepResult> steps) {

    /** Why it was done. */
    public enum Cause {
        /** It was its time. */
        SCHEDULED,
        /** Somebody asked for it. */
        REQUESTED
    }

    /** How it ended, if it has. */
    public enum State {
        /** It goes on, or its process died and no other run has begun since. */
        RUNNING,
        /** No step failed. */
        SUCCEEDED,
        /** A step failed. */
        FAILED,
        /** It was ended before its last step, by the end of its application or of its process, or as another one had begun meanwhile. */
        INTERRUPTED
    }

    public MaintenanceRun {
        steps = List.copyOf(steps);
    }
}
