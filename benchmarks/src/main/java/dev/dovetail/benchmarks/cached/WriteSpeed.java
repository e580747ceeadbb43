package dev.dovetail.benchmarks.cached;

import dev.dovetail.cache.Coherence;
import java.util.List;

/**
 * What one fork measured.
 *
 * @param engine its id
 */
record WriteSpeed(String engine, Coherence coherence, List<Point> points) {

    /**
     * So many writers at the same time.
     *
     * @param perSecond commits of all of them
     * @param p50 milliseconds of a write
     * @param p99 milliseconds of a write
     */
    record Point(int writers, double perSecond, double p50, double p99) {}
}
