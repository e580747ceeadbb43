package dev.dovetail.benchmarks.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one run measured.
 *
 * @param setUp its id
 * @param reads successful requests
 * @param writes successful requests
 * @param errors of the warm-up too, by kind of request and class
 * @param lostUpdates successful increments, of the warm-up too, that are not in the table
 */
record LoadResult(String setUp, Requests reads, Requests writes, Map<String, Integer> errors, long lostUpdates) {

    static LoadResult of(SetUp setUp, int seconds, List<LoadThread> warmedUp, List<LoadThread> measured, long stored) {
        Map<String, Integer> errors = new TreeMap<>();
        long increments = 0;
        for (List<LoadThread> threads : List.of(warmedUp, measured)) {
            for (LoadThread thread : threads) {
                thread.errors.forEach((kind, count) -> errors.merge(kind, count, Integer::sum));
                increments += thread.writes.getTotalCount();
            }
        }
        return new LoadResult(
                setUp.name(),
                Requests.of(
                        seconds, measured.stream().map(thread -> thread.reads).toList()),
                Requests.of(
                        seconds, measured.stream().map(thread -> thread.writes).toList()),
                errors,
                increments - stored);
    }

    int errorCount() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * One kind of request.
     *
     * @param perSecond how many
     * @param p50 milliseconds
     * @param p99 milliseconds
     * @param max milliseconds
     */
    record Requests(double perSecond, double p50, double p99, double max) {

        private static final double MICROS_PER_MILLI = 1_000;

        private static Requests of(int seconds, List<Histogram> threads) {
            Histogram all = threads.get(0).copy();
            threads.stream().skip(1).forEach(all::add);
            return new Requests(
                    (double) all.getTotalCount() / seconds,
                    all.getValueAtPercentile(50) / MICROS_PER_MILLI,
                    all.getValueAtPercentile(99) / MICROS_PER_MILLI,
                    all.getMaxValue() / MICROS_PER_MILLI);
        }
    }
}
