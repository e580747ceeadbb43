package dev.dovetail.benchmarks.growth;

import java.util.List;

/**
 * What one fork measured.
 *
 * @param engine its id
 * @param peer its id
 */
record GrowthResult(String engine, String peer, List<Point> points) {

    /**
     * One piece of work at one size.
     *
     * @param micros mean of a call
     */
    record Point(int rows, String work, double micros) {}
}
