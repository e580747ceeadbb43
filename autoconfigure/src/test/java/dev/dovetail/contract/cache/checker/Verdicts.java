package dev.dovetail.contract.cache.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What was counted and what was found wrong. Safe for use by several threads. */
final class Verdicts {

    private static final int MOST_TOLD = 20;

    private final LongAdder reads = new LongAdder();
    private final LongAdder hotReads = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    void read(boolean hot) {
        reads.increment();
        if (hot) {
            hotReads.increment();
        }
    }

    void written() {
        writes.increment();
    }

    /** A read of something that only grows. */
    void notOlder(String reader, Floors floors, int index, long floor, long seen) {
        if (seen < floor) {
            violated("%s of %d, last written by %s: %d was known before it began, it found %d"
                    .formatted(reader, index, floors.writer(index), floor, seen));
        }
    }

    void violated(String how) {
        violations.increment();
        if (told.size() < MOST_TOLD) {
            told.add(how);
        }
    }

    long violations() {
        return violations.sum();
    }

    /** The first of what was found wrong. */
    List<String> told() {
        return new ArrayList<>(told);
    }

    long reads() {
        return reads.sum();
    }

    long writes() {
        return writes.sum();
    }

    double hotShare() {
        return (double) hotReads.sum() / Math.max(1, reads());
    }

    String summary(String engine, long hits) {
        return String.format(
                Locale.ROOT,
                "%s: %d reads, %d hits (%.0f %%), %.0f %% of what was written within 100 ms, %d writes, %d violations",
                engine,
                reads(),
                hits,
                100.0 * hits / Math.max(1, reads()),
                100 * hotShare(),
                writes(),
                violations());
    }
}
