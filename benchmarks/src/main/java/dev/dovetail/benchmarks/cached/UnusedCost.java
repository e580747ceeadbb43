package dev.dovetail.benchmarks.cached;

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

    /**
     * One call.
     *
     * @param nanos it took
     * @param cpuNanos of the thread that calls; what a server does and how it is placed is no part of it
     * @param bytes it allocated
     */
    record Call(double nanos, double cpuNanos, double bytes) {}
}
