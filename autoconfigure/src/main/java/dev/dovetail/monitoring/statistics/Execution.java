package dev.dovetail.monitoring.statistics;

/**
 * One execution of a statement, as it is counted.
 *
 * @param millis when it ended
 * @param nanos how long it took until its result was read
 * @param rows how many rows it read or changed; 0 if that is not known
 */
record Execution(long millis, long nanos, long rows, boolean failed, boolean slow) {

    static final long MILLIS_PER_MINUTE = 60_000;

    long minute() {
        return Math.floorDiv(millis, MILLIS_PER_MINUTE);
    }
}
