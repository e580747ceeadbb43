package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.Nullable;

/**
 * How many durations there were of each length, in buckets whose width is 1/16 of what they begin with, so that a percentile is
 * off by 3 % at most. From 1 µs to 18 min; what is shorter or longer is in the first or last bucket. Not safe for use by
 * several threads.
 */
final class DurationHistogram {

    private static final int UNIT_BITS = 6;
    private static final int PARTS_BITS = 4;
    private static final int PARTS = 1 << PARTS_BITS;
    private static final int OCTAVES = 31;
    // As of a running minute.
    private static final int ROOM = 8;

    // Durations of one statement lie close together: most of the octaves are never needed.
    private final long[] @Nullable [] counts = new long[OCTAVES][];

    void add(long nanos) {
        long units = Math.max(0, nanos) >>> UNIT_BITS;
        int magnitude = Math.max(PARTS_BITS, 63 - Long.numberOfLeadingZeros(units | 1));
        int octave = units < PARTS ? 0 : magnitude - PARTS_BITS + 1;
        if (octave >= OCTAVES) {
            row(OCTAVES - 1)[PARTS - 1]++;
        } else {
            row(octave)[part(units, octave)]++;
        }
    }

    private static int part(long units, int octave) {
        return (int) (octave == 0 ? units : (units >>> (octave - 1)) & (PARTS - 1));
    }

    private long[] row(int octave) {
        long[] row = counts[octave];
        if (row == null) {
            row = new long[PARTS + ROOM];
            counts[octave] = row;
        }
        return row;
    }

    void add(DurationHistogram other) {
        for (int octave = 0; octave < OCTAVES; octave++) {
            long[] theirs = other.counts[octave];
            for (int part = 0; theirs != null && part < PARTS; part++) {
                row(octave)[part] += theirs[part];
            }
        }
    }

    void clear() {
        for (int octave = 0; octave < OCTAVES; octave++) {
            counts[octave] = null;
        }
    }

    /**
     * The duration that this share of all durations does not exceed, in nanoseconds; 0 if there is none.
     *
     * @param share from 0 to 1
     */
    long percentile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(total() * share));
        long passed = 0;
        for (int octave = 0; octave < OCTAVES; octave++) {
            long[] row = counts[octave];
            for (int part = 0; row != null && part < PARTS; part++) {
                passed += row[part];
                if (passed >= wanted) {
                    return middle(octave, part);
                }
            }
        }
        return 0;
    }

    private long total() {
        long total = 0;
        for (long[] row : counts) {
            for (int part = 0; row != null && part < PARTS; part++) {
                total += row[part];
            }
        }
        return total;
    }

    private static long middle(int octave, int part) {
        int shift = Math.max(0, octave - 1);
        long first = (octave == 0 ? part : (long) (PARTS + part) << shift) << UNIT_BITS;
        long width = 1L << (shift + UNIT_BITS);
        return first + width / 2;
    }
}
