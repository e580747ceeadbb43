package dev.dovetail.datasource;

/** Since when one physical connection has been in use. Written by who takes it and gives it back, read by anybody. */
final class Loan {

    private volatile long since;
    private volatile boolean lent;
    private volatile boolean over;
    private volatile boolean known;

    /** Returns whether it was not known before. */
    boolean begin(long moment) {
        since = moment;
        lent = true;
        boolean first = !known;
        known = true;
        return first;
    }

    void end() {
        lent = false;
    }

    /** The connection is closed. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isLent() {
        return lent && !over;
    }

    /** For how long, in nanoseconds; 0 if it is at rest. */
    long nanos(long now) {
        return isLent() ? now - since : 0;
    }
}
