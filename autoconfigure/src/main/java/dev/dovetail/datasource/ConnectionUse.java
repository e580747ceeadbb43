package dev.dovetail.datasource;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is in use.
 *
 * @param lasting since it was given out
 * @param operation what the application was doing when it was taken; null if nobody said so
 * @param thread who took it; null if it is just given back
 */
public record ConnectionUse(
        Duration lasting,
        @Nullable String operation,
        @Nullable Thread thread) {}
