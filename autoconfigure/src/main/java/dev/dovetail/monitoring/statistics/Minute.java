package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.Nullable;

/** What happened in one minute. Not safe for use by several threads. */
class Minute {

    final @Nullable DurationHistogram durations;
    long number = Long.MIN_VALUE;
    long count;
    long errors;
    long slow;
    long rows;
    long nanos;
    long longest;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    /** @param durations whether they are counted by their length as well */
    Minute(boolean durations) {
        this.durations = durations ? new DurationHistogram() : null;
    }

    final void begin(long minute) {
        number = minute;
        count = 0;
        errors = 0;
        slow = 0;
        rows = 0;
        nanos = 0;
        longest = 0;
        first = Long.MAX_VALUE;
        last = Long.MIN_VALUE;
        if (durations != null) {
            durations.clear();
        }
    }

    final void add(Execution execution) {
        count++;
        errors += execution.failed() ? 1 : 0;
        slow += execution.slow() ? 1 : 0;
        rows += execution.rows();
        nanos += execution.nanos();
        longest = Math.max(longest, execution.nanos());
        first = Math.min(first, execution.millis());
        last = Math.max(last, execution.millis());
        if (durations != null) {
            durations.add(execution.nanos());
        }
    }

    final void add(Minute other) {
        count += other.count;
        errors += other.errors;
        slow += other.slow;
        rows += other.rows;
        nanos += other.nanos;
        longest = Math.max(longest, other.longest);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        if (durations != null && other.durations != null) {
            durations.add(other.durations);
        }
    }

    /** How long it took on the average, in nanoseconds; 0 without one. */
    final long mean() {
        return count == 0 ? 0 : nanos / count;
    }

    /** As {@link DurationHistogram#percentile}, and never longer than the longest. */
    final long percentile(double share) {
        return durations == null ? 0 : Math.min(durations.percentile(share), longest);
    }
}
