package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Only the statement whose time is up is interrupted, never the one after it. */
class ExecutionGuardTests {

    private final AtomicInteger interrupts = new AtomicInteger();
    private final ExecutionGuard guard = new ExecutionGuard(interrupts::incrementAndGet);

    private static StatementBudget budget(long nanos) {
        StatementBudget budget = new StatementBudget();
        budget.start(nanos);
        return budget;
    }

    @Test
    void aStatementWhoseTimeIsUpIsInterruptedUntilItLeaves() {
        guard.enter(budget(100));
        guard.charge(60);
        assertThat(interrupts).hasValue(0);
        guard.charge(60);
        guard.charge(60);

        assertThat(interrupts).hasValue(2);
        assertThat(guard.leave()).isTrue();
        guard.charge(60);
        assertThat(interrupts).hasValue(2);
    }

    @Test
    void onlyTheStatementThatIsInsideIsCancelled() {
        StatementBudget running = budget(0);
        guard.enter(running);
        guard.cancel(budget(0));
        assertThat(interrupts).hasValue(0);
        guard.cancel(running);
        assertThat(interrupts).hasValue(1);

        assertThat(guard.leave()).isFalse();
        guard.cancel(running);
        assertThat(interrupts).hasValue(1);
    }

    @Test
    void oneThatRunsInPiecesIsChargedForAllOfThem() {
        StatementBudget budget = budget(100);
        for (int i = 0; i < 3; i++) {
            guard.enter(budget);
            guard.charge(30);
            assertThat(guard.leave()).isFalse();
            guard.charge(1000);
        }
        guard.enter(budget);
        guard.charge(30);

        assertThat(guard.leave()).isTrue();
    }

    @Test
    void withoutALimitNothingIsInterrupted() {
        guard.enter(budget(0));
        guard.charge(Long.MAX_VALUE / 2);

        assertThat(guard.leave()).isFalse();
    }

    @Test
    void anIdleConnectionIsNotInterrupted() {
        guard.enter(budget(1));
        guard.leave();
        guard.charge(1000);

        assertThat(interrupts).hasValue(0);
    }

    @Test
    void whatWasNeverLeftDoesNotOutliveItsStatement() {
        guard.enter(budget(100));
        guard.charge(1000);
        guard.enter(budget(100));
        guard.charge(10);

        assertThat(interrupts).hasValue(1);
        assertThat(guard.leave()).isFalse();
    }

    // Every visit has its own number. One that is interrupted must be the one that was over its time.
    @Test
    void anInterruptNeverHitsALaterStatement() throws InterruptedException {
        AtomicLong running = new AtomicLong();
        AtomicInteger hits = new AtomicInteger();
        AtomicInteger mistakes = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        ExecutionGuard raced = new ExecutionGuard(() -> {
            hits.incrementAndGet();
            if (running.get() % 2 == 0) {
                mistakes.incrementAndGet();
            }
        });
        Thread watchdog = new Thread(() -> {
            while (!over.get()) {
                raced.charge(10);
            }
        });
        watchdog.start();
        StatementBudget budget = new StatementBudget();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        for (long i = 1; System.nanoTime() < deadline; i++) {
            running.set(i);
            // Odd statements may be stopped at any time, even ones never.
            budget.start(i % 2 == 1 ? 10 : TimeUnit.DAYS.toNanos(1));
            raced.enter(budget);
            raced.leave();
        }
        over.set(true);
        watchdog.join();

        assertThat(hits).hasPositiveValue();
        assertThat(mistakes).hasValue(0);
    }
}
