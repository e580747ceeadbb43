package dev.dovetail.benchmarks.hitrate;

import dev.dovetail.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a cache had what it was asked for.
 *
 * @param trace its id
 * @param entries how many the cache holds
 * @param percent of all keys, run by run
 */
record HitRate(String trace, int entries, Policy policy, List<Double> percent) {

    /** Runs a policy on keys: several times, or once if each time would be the same. */
    static HitRate of(String trace, long[] keys, int entries, Policy policy, int runs) {
        List<Double> percent = new ArrayList<>();
        for (int run = 0; run < (policy.isRandom() ? runs : 1); run++) {
            percent.add(percent(keys, policy.cache(entries)));
        }
        return new HitRate(trace, entries, policy, percent);
    }

    Spread spread() {
        return new Spread(percent);
    }

    private static double percent(long[] keys, BoundedCache cache) {
        int hits = 0;
        for (long key : keys) {
            hits += cache.hit(key) ? 1 : 0;
        }
        return 100.0 * hits / keys.length;
    }
}
