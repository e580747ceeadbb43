package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Figures that one thread at a time adds to; whoever uses it holds its lock. An execution is counted once, in the minute that
 * runs; that one is added to the sum and to the hour when the next begins.
 */
final class FigureCell {

    /** How many minutes are remembered one by one. */
    static final int MINUTES = 64;

    final BriefLock lock = new BriefLock();
    private final boolean detailed;
    private final Minute before = new Minute(true);
    private final Minute running = new RunningMinute();
    // The hour and some more.
    private final @Nullable Minute[] minutes = new @Nullable Minute[MINUTES];
    boolean closed;

    /** @param detailed whether the durations of each minute are counted by their length as well */
    FigureCell(boolean detailed) {
        this.detailed = detailed;
    }

    void add(Execution execution) {
        long number = execution.minute();
        if (running.number != number) {
            begin(number);
        }
        running.add(execution);
    }

    // What happens now is never of an hour ago: a later one in its place is of a clock that was ahead.
    private void begin(long number) {
        try {
            if (running.count != 0) {
                Minute place = place(running.number);
                if (place.number != running.number) {
                    place.begin(running.number);
                }
                place.add(running);
                before.add(running);
            }
        } finally {
            // Without memory for it a minute may be lost; it must not be added again and again.
            running.begin(number);
        }
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

    /** Counts what happened elsewhere; in the sum, not in the hour. */
    void add(Minute elsewhere) {
        before.add(elsewhere);
    }

    /** Adds everything. */
    void addTo(Minute sum) {
        sum.add(before);
        sum.add(running);
    }

    /** Adds what happened from one minute to another one, both included. */
    void addTo(Minute sum, long from, long to) {
        for (Minute each : minutes) {
            addTo(sum, each, from, to);
        }
        addTo(sum, running, from, to);
    }

    private static void addTo(Minute sum, @Nullable Minute each, long from, long to) {
        if (each != null && each.number >= from && each.number <= to) {
            sum.add(each);
        }
    }
}
