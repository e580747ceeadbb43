package dev.dovetail.monitoring.statistics;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Exclusion for a few additions in memory, cheaper than a lock that can put a thread to sleep. Who has to wait asks again and
 * again: nothing that waits itself may be done under it. Not reentrant. Has room behind it, as a {@link RunningMinute}.
 */
@SuppressWarnings("UnusedVariable")
final class BriefLock {

    private static final int SPINS = 100;
    private static final AtomicIntegerFieldUpdater<BriefLock> HELD =
            AtomicIntegerFieldUpdater.newUpdater(BriefLock.class, "held");

    private volatile int held;
    private long room1, room2, room3, room4, room5, room6, room7, room8;

    boolean tryLock() {
        return held == 0 && HELD.compareAndSet(this, 0, 1);
    }

    // Sleeping would need a thread that is not interrupted.
    @SuppressWarnings("ThreadPriorityCheck")
    void lock() {
        for (int spins = 0; !tryLock(); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                // Its holder may be without a processor.
                Thread.yield();
            }
        }
    }

    void unlock() {
        HELD.lazySet(this, 0);
    }
}
