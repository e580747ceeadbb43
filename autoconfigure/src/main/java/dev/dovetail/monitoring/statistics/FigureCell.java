package dev.dovetail.monitoring.statistics;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Figures that one thread at a time adds to; whoever uses it holds its lock. */
final class FigureCell {

    /** How many minutes are remembered one by one, the running one included. */
    static final int MINUTES = 64;

    final ReentrantLock lock = new ReentrantLock();
    final Minute all = new Minute(true);
    private final boolean detailed;
    // The hour and, as the running minute has only begun, one more.
    private final @Nullable Minute[] minutes = new @Nullable Minute[MINUTES];
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    boolean closed;

    /** @param detailed whether the durations of each minute are counted by their length as well */
    FigureCell(boolean detailed) {
        this.detailed = detailed;
    }

    void add(Execution execution) {
        all.add(execution);
        first = Math.min(first, execution.millis());
        last = Math.max(last, execution.millis());
        running(execution.minute()).add(execution);
    }

    void add(FigureCell other) {
        all.add(other.all);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        for (Minute theirs : other.minutes) {
            Minute minute = theirs == null ? null : begun(theirs.number);
            if (minute != null && theirs != null) {
                minute.add(theirs);
            }
        }
    }

    // What happens now is never of an hour ago: a later one in its place is of a clock that was ahead.
    private Minute running(long number) {
        Minute minute = place(number);
        if (minute.number != number) {
            minute.begin(number);
        }
        return minute;
    }

    // Null if its place is already taken by a later one.
    private @Nullable Minute begun(long number) {
        Minute minute = place(number);
        if (minute.number < number) {
            minute.begin(number);
        }
        return minute.number == number ? minute : null;
    }

    private Minute place(long number) {
        int place = (int) Math.floorMod(number, (long) MINUTES);
        Minute minute = minutes[place];
        if (minute == null) {
            minute = new Minute(detailed);
            minutes[place] = minute;
        }
        return minute;
    }

    /** Adds what happened from one minute to another one, both included. */
    void addTo(Minute sum, long from, long to) {
        for (Minute each : minutes) {
            if (each != null && each.number >= from && each.number <= to) {
                sum.add(each);
            }
        }
    }
}
