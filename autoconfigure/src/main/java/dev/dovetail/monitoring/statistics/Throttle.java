package dev.dovetail.monitoring.statistics;

import java.time.Duration;

/** Says when something may be said again, and how often it was not. Safe for use by several threads. */
final class Throttle {

    static final Duration INTERVAL = Duration.ofMinutes(1);

    static final int REFUSED = -1;

    private boolean open = true;
    private long since;
    private int refused;

    /**
     * Asks whether it may be said now.
     *
     * @return how often it was not said since it was last said, or {@link #REFUSED}
     */
    synchronized int admit(long millis) {
        long passed = millis - since;
        // A clock that was put back is no reason to be silent until it has caught up.
        if (!open && passed >= 0 && passed < INTERVAL.toMillis()) {
            refused++;
            return REFUSED;
        }
        open = false;
        since = millis;
        int before = refused;
        refused = 0;
        return before;
    }
}
