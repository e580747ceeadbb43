package dev.dovetail.maintenance;

import dev.dovetail.engine.LogCheckpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How checkpoints stand.
 *
 * @param lastAt when the last one was made; null if none was
 * @param last what it came to; null if none was made
 * @param starvedRounds for how many rounds in a row readers have kept the log from being copied
 * @param leftTo who makes them in our place; null if we do
 */
public record CheckpointStatus(
        @Nullable Instant lastAt,
        LogCheckpoint.@Nullable Result last,
        int starvedRounds,
        @Nullable String leftTo) {

    static final CheckpointStatus NONE = new CheckpointStatus(null, null, 0, null);

    /** From how many rounds in a row on somebody must look into it. */
    static final int ALARMING = 3;

    /** Whether the log grows because of readers. */
    public boolean starved() {
        return starvedRounds >= ALARMING;
    }
}
