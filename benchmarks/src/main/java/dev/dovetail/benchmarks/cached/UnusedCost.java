package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.turns.Call;
import java.util.List;

/**
 * What one fork measured with caches switched on, none of which is used, and with caches switched off.
 *
 * @param engine its id
 */
record UnusedCost(String engine, List<Point> points) {

    /**
     * One piece of work.
     *
     * @param on with caches
     * @param off without them
     */
    record Point(UnusedWork work, Call on, Call off) {}
}
