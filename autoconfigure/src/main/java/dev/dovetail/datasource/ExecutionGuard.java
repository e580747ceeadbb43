package dev.dovetail.datasource;

import dev.dovetail.engine.ManagedConnection;
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
    private static final int TIMED_OUT = 3;
    private static final int CANCELLED = 4;
    private static final int PHASES = 8;

    // The number of the visit, times the phases, plus its phase: what another thread saw of one visit is void in the
    // next.
    private final AtomicLong state = new AtomicLong(IDLE);
    private final Runnable interrupt;
    private volatile @Nullable StatementBudget budget;
    private long visit;
    private boolean unlimited;

    /** @param interrupt stops what the connection is running, from another thread */
    ExecutionGuard(Runnable interrupt) {
        this.interrupt = interrupt;
    }

    /** One that is watched; null where the driver stops statements itself. */
    static @Nullable ExecutionGuard of(@Nullable ManagedConnection managed, @Nullable StatementWatchdog watchdog) {
        if (managed == null || watchdog == null) {
            return null;
        }
        ExecutionGuard guard = new ExecutionGuard(managed::interrupt);
        watchdog.watch(guard);
        return guard;
    }

    /** Whether statements may run for as long as they need, until this is taken back; asked by whoever uses the connection. */
    void runUnlimited(boolean unlimited) {
        this.unlimited = unlimited;
    }

    boolean isUnlimited() {
        return unlimited;
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
        while (true) {
            long now = state.get();
            if (phase(now) == INTERRUPTING) {
                Thread.onSpinWait();
            } else if (state.compareAndSet(now, visit + IDLE)) {
                return phase(now) == TIMED_OUT;
            }
        }
    }

    /** Called by the watchdog: charges the time since its last round to whatever runs. */
    void charge(long nanos) {
        long seen = state.get();
        int phase = phase(seen);
        StatementBudget running = budget;
        if (phase == RUNNING && running != null && running.charge(nanos)) {
            interruptIfStill(seen, TIMED_OUT);
        } else if (phase == TIMED_OUT || phase == CANCELLED) {
            // One that falls between two steps of a batch is lost, so it comes again until the statement has left.
            interruptIfStill(seen, phase);
        }
    }

    /** Stops the statement that this budget belongs to, if it is inside the engine now. */
    void cancel(StatementBudget statement) {
        long seen = state.get();
        if (phase(seen) == RUNNING && statement.equals(budget)) {
            interruptIfStill(seen, CANCELLED);
        }
    }

    private void interruptIfStill(long seen, int outcome) {
        long idle = seen - phase(seen);
        if (state.compareAndSet(seen, idle + INTERRUPTING)) {
            try {
                interrupt.run();
            } finally {
                state.set(idle + outcome);
            }
        }
    }

    private static int phase(long state) {
        return (int) (state % PHASES);
    }
}
