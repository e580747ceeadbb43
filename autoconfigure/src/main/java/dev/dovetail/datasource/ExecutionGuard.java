package dev.dovetail.datasource;

import java.util.concurrent.atomic.AtomicLong;
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
    private static final int PHASES = 4;

    // The number of the visit, times the phases, plus its phase: what the watchdog saw of one visit is void in the
    // next.
    private final AtomicLong state = new AtomicLong(IDLE);
    private final Runnable interrupt;
    private volatile @Nullable StatementBudget budget;
    private long visit;

    /** @param interrupt stops what the connection is running, from another thread */
    ExecutionGuard(Runnable interrupt) {
        this.interrupt = interrupt;
    }

    void enter(StatementBudget statement) {
        if (phase(state.get()) != IDLE) {
            leave();
        }
        visit += PHASES;
        budget = statement;
        state.set(visit + RUNNING);
    }

    /** Returns whether the statement was interrupted because its time was up. */
    boolean leave() {
        if (state.compareAndSet(visit + RUNNING, visit + IDLE)) {
            return false;
        }
        while (phase(state.get()) == INTERRUPTING) {
            Thread.onSpinWait();
        }
        return phase(state.getAndSet(visit + IDLE)) == INTERRUPTED;
    }

    /** Called by the watchdog: charges the time since its last round to whatever runs. */
    void charge(long nanos) {
        long seen = state.get();
        StatementBudget running = budget;
        if (phase(seen) == RUNNING && running != null && running.charge(nanos)) {
            interruptIfStill(seen);
        }
    }

    private void interruptIfStill(long running) {
        if (state.compareAndSet(running, running - RUNNING + INTERRUPTING)) {
            try {
                interrupt.run();
            } finally {
                state.set(running - RUNNING + INTERRUPTED);
            }
        }
    }

    private static int phase(long state) {
        return (int) (state % PHASES);
    }
}
