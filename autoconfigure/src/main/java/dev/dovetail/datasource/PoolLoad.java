package dev.dovetail.datasource;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a pool has been used since it was opened. Between two looks it says which share of its connections was in use on
 * average, which one look at a busy pool does not.
 *
 * @param status the pool at this moment
 * @param inUse for how long its connections have been in use, one added to the other
 * @param held the connections that are in use, the one first that has been so for the longest
 */
public record PoolLoad(PoolStatus status, Duration inUse, List<ConnectionUse> held) {

    public PoolLoad {
        held = List.copyOf(held);
    }

    /** The connection that has been in use for the longest; null if all are at rest. */
    public @Nullable ConnectionUse longest() {
        return held.isEmpty() ? null : held.get(0);
    }
}
