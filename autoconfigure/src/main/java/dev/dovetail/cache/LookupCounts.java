package dev.dovetail.cache;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What lookups came to, and what reading took. Safe for use by several threads. */
final class LookupCounts {

    private final long since;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder invalidations = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder keepingNanos = new LongAdder();
    private final LongAdder rows = new LongAdder();

    /** @param since when counting begins, by the clock of the caches, in nanoseconds */
    LookupCounts(long since) {
        this.since = since;
    }

    void lookedUp(boolean found) {
        (found ? hits : misses).increment();
    }

    void invalidated() {
        invalidations.increment();
    }

    /**
     * Something was read.
     *
     * @param nanos how long that took
     * @param keeping how long it took to keep it, in nanoseconds
     * @param size how many rows it has, about
     */
    void loaded(long nanos, long keeping, long size) {
        loads.increment();
        loadNanos.add(nanos);
        keepingNanos.add(keeping);
        rows.add(size);
    }

    long since() {
        return since;
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    long lookups() {
        return hits() + misses();
    }

    /** The share of hits; 0 if nobody has asked yet. */
    double hitRate() {
        long found = hits();
        return share(found, found + misses());
    }

    long invalidations() {
        return invalidations.sum();
    }

    long loads() {
        return loads.sum();
    }

    Duration loadTime() {
        return Duration.ofNanos(loadNanos.sum());
    }

    double meanLoadNanos() {
        return share(loadNanos.sum(), loads());
    }

    long keepingNanos() {
        return keepingNanos.sum();
    }

    double meanRows() {
        return share(rows.sum(), loads());
    }

    /** Lets what was looked up until now weigh half as much. */
    void halveLookups() {
        for (LongAdder each : new LongAdder[] {hits, misses, invalidations}) {
            each.add(-each.sum() / 2);
        }
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
