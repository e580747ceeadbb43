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
     * @param nanos of a call with caches
     * @param nanosOff of a call without them
     * @param bytes allocated by a call with caches
     * @param bytesOff allocated by a call without them
     */
    record Point(UnusedWork work, double nanos, double nanosOff, double bytes, double bytesOff) {}
}
