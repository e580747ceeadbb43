package dev.dovetail.monitoring.statistics;

import java.util.Arrays;

/**
 * Figures that many threads add to. There is one cell as long as no two of them meet, and some more where they do; each
 * execution is counted in one of them. Safe for use by several threads.
 */
final class Figures {

    private static final int MOST_CELLS = 4;

    private final boolean detailed;
    private volatile FigureCell[] cells;

    /** @param detailed whether the durations of each minute are counted by their length as well */
    Figures(boolean detailed) {
        this.detailed = detailed;
        this.cells = new FigureCell[] {new FigureCell(detailed)};
    }

    /** Counts one; returns false, and counts nothing, if they are closed. */
    boolean add(Execution execution) {
        FigureCell[] known = cells;
        FigureCell cell = own(known);
        return addAndUnlock(cell.lock.tryLock() ? cell : lockAnother(known), execution);
    }

    // A thread that finds its cell where it left it does not wait for another one's memory.
    private static FigureCell own(FigureCell[] cells) {
        return cells[cells.length == 1 ? 0 : (int) (Thread.currentThread().getId() % cells.length)];
    }

    // Who meets another one makes another cell, so that most threads have one of their own.
    private FigureCell lockAnother(FigureCell[] known) {
        if (known.length < MOST_CELLS) {
            FigureCell cell = own(another(known.length));
            cell.lock.lock();
            return cell;
        }
        for (FigureCell cell : known) {
            if (cell.lock.tryLock()) {
                return cell;
            }
        }
        FigureCell cell = own(known);
        cell.lock.lock();
        return cell;
    }

    private static boolean addAndUnlock(FigureCell cell, Execution execution) {
        try {
            if (!cell.closed) {
                cell.add(execution);
            }
            return !cell.closed;
        } finally {
            cell.lock.unlock();
        }
    }

    private synchronized FigureCell[] another(int known) {
        FigureCell[] before = cells;
        // Those that were closed get no more company: what came in late would be lost.
        if (before.length > known || before[0].closed) {
            return before;
        }
        FigureCell[] more = Arrays.copyOf(before, known + 1);
        more[known] = new FigureCell(detailed);
        cells = more;
        return more;
    }

    /** All of it at this moment. */
    Minute sum() {
        Minute sum = new Minute(true);
        for (FigureCell cell : cells) {
            cell.lock.lock();
            try {
                cell.addTo(sum);
            } finally {
                cell.lock.unlock();
            }
        }
        return sum;
    }

    /** The minutes from one to another one, both included, added up. */
    Minute sum(long from, long to) {
        Minute sum = new Minute(detailed);
        for (FigureCell cell : cells) {
            cell.lock.lock();
            try {
                cell.addTo(sum, from, to);
            } finally {
                cell.lock.unlock();
            }
        }
        return sum;
    }

    /** Ends them: nothing is added from now on. Returns all there was. */
    synchronized Minute close() {
        Minute sum = new Minute(true);
        for (FigureCell cell : cells) {
            cell.lock.lock();
            try {
                cell.closed = true;
                cell.addTo(sum);
            } finally {
                cell.lock.unlock();
            }
        }
        return sum;
    }

    /** Counts what happened elsewhere; in the sum, not in the hour. */
    void add(Minute elsewhere) {
        FigureCell cell = cells[0];
        cell.lock.lock();
        try {
            cell.add(elsewhere);
        } finally {
            cell.lock.unlock();
        }
    }
}
