package dev.dovetail.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the optimizer is doing at the moment.
 *
 * @param startedAt when the run began
 * @param step that is being run; null before the first one
 */
public record RunningMaintenance(
        Instant startedAt, @Nullable String step) {}
