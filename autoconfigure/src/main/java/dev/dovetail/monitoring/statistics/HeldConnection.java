package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.ConnectionUse;
import dev.dovetail.datasource.PoolLoad;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a pool that is in use, and by whom, as far as that can be seen from outside: taking one costs nothing for it.
 *
 * @param pool whose it is
 * @param lasting for how long it has been in use
 * @param operation the repository's method or the query that took it; null if nobody said so
 * @param method the application's method in which the thread that took it is now; null if it is in none
 * @param thread the name of that thread; null if it has just been given back
 */
public record HeldConnection(
        String pool,
        Duration lasting,
        @Nullable String operation,
        @Nullable String method,
        @Nullable String thread) {

    /** Those of these pools, the one first that has been in use for the longest. */
    public static List<HeldConnection> of(List<PoolLoad> pools, int most) {
        return pools.stream()
                .flatMap(pool -> pool.held().stream()
                        .limit(most)
                        .map(use -> of(pool.status().name(), use)))
                .sorted(Comparator.comparing(HeldConnection::lasting).reversed())
                .limit(most)
                .toList();
    }

    /** This one. */
    public static HeldConnection of(String pool, ConnectionUse use) {
        Thread thread = use.thread();
        return new HeldConnection(
                pool,
                use.lasting(),
                use.operation(),
                thread == null ? null : CallingCode.of(thread),
                thread == null ? null : thread.getName());
    }
}
