package dev.dovetail.datasource;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a pool has been used since it was opened. Between two looks it says which share of its connections was in use on
 * average, which one look at a busy pool does not.
 *
 * @param status the pool at this moment
 * @param inUse for how long its connections have been in use, one added to the other
 * @param longest the connection that has been in use for the longest; null if all are at rest
 */
public record PoolLoad(
        PoolStatus status, Duration inUse, @Nullable ConnectionUse longest) {}
