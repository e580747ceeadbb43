package dev.dovetail.datasource;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the watchdog when a connection is inside the engine, and keeps an interrupt from hitting the statement after the
 * one it was meant for. Entering and leaving cost a store and a compare-and-set; no clock is read.
 */
final class ExecutionGuard {

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int INTERRUPTING = 2;
    private static final int INTERRUPTED = 3;

    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final Runnable interrupt;
    private volatile @Nullable StatementBudget budget;

    /** @param interrupt stops what the connection is running, from another thread */
    ExecutionGuard(Runnable interrupt) {
        this.interrupt = interrupt;
    }

    void enter(StatementBudget statement) {
        budget = statement;
        state.set(RUNNING);
    }

    /** Returns whether the statement was interrupted because its time was up. */
    boolean leave() {
        if (state.compareAndSet(RUNNING, IDLE)) {
            return false;
        }
        while (state.get() == INTERRUPTING) {
            Thread.onSpinWait();
        }
        return state.getAndSet(IDLE) == INTERRUPTED;
    }

    /** Called by the watchdog: charges the time since its last round to whatever runs. */
    void charge(long nanos) {
        StatementBudget running = budget;
        if (state.get() == RUNNING && running != null && running.charge(nanos)) {
            interruptIfRunning();
        }
    }

    private void interruptIfRunning() {
        if (state.compareAndSet(RUNNING, INTERRUPTING)) {
            try {
                interrupt.run();
            } finally {
                state.set(INTERRUPTED);
            }
        }
    }
}
