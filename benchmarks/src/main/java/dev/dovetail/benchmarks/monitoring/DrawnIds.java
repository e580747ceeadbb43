package dev.dovetail.benchmarks.monitoring;

import java.util.SplittableRandom;

/** Ids in an order drawn beforehand, so that drawing them is no part of what is measured. Each thread has its own. */
final class DrawnIds {

    private static final int LENGTH = 1 << 14;

    private final long[] drawn =
            new SplittableRandom(42).longs(LENGTH, 1, WatchedRun.ROWS + 1L).toArray();
    private int position;

    long next() {
        position = (position + 1) & (LENGTH - 1);
        return drawn[position];
    }
}
