package dev.dovetail.maintenance.retention;

import java.time.Duration;

/**
 * How many rows are deleted at once: as many as go in the time that others can well wait. There are few sizes, so that there are
 * few statements. Used by one thread.
 */
final class BatchSize {

    private static final Duration LONG = Duration.ofMillis(50);
    private static final int SHORT_PARTS = 4;

    private final int largest;
    private int halvings;
    private Duration longest = Duration.ZERO;

    BatchSize(int largest) {
        this.largest = largest;
        // How long a row takes, with its indexes, triggers and dependent rows, nobody knows before the first one.
        while (rows() > 1) {
            halvings++;
        }
    }

    int rows() {
        return Math.max(1, largest >> halvings);
    }

    Duration longest() {
        return longest;
    }

    void took(Duration duration) {
        if (duration.compareTo(longest) > 0) {
            longest = duration;
        }
        Duration expected = duration;
        while (expected.compareTo(LONG) > 0 && rows() > 1) {
            halvings++;
            expected = expected.dividedBy(2);
        }
        if (halvings > 0 && duration.multipliedBy(SHORT_PARTS).compareTo(LONG) < 0) {
            halvings--;
        }
    }
}
