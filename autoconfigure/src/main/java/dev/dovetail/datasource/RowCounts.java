package dev.dovetail.datasource;

/** Adding up the update counts of a batch. */
final class RowCounts {

    private RowCounts() {}

    /** The rows changed by all; -1 if the driver does not know of one of them. */
    static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            if (count < 0) {
                return -1;
            }
            sum += count;
        }
        return sum;
    }

    /** The rows changed by all; -1 if the driver does not know of one of them. */
    static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            if (count < 0) {
                return -1;
            }
            sum += count;
        }
        return sum;
    }
}
