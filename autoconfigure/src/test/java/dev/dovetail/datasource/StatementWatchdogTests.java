package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock that looks at every connection. */
class StatementWatchdogTests {

    private final StatementWatchdog watchdog = new StatementWatchdog();

    @AfterEach
    void close() {
        watchdog.close();
    }

    @Test
    void stopsWhatRunsTooLong() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        ExecutionGuard guard = new ExecutionGuard(stopped::countDown);
        watchdog.watch(guard);
        StatementBudget budget = new StatementBudget();
        budget.start(Duration.ofMillis(100).toNanos());

        guard.enter(budget);

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(guard.leave()).isTrue();
    }

    @Test
    void aConnectionThatCannotBeInterruptedDoesNotKeepTheOthersFromIt() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        ExecutionGuard broken = new ExecutionGuard(() -> {
            throw new IllegalStateException("expected by this test");
        });
        ExecutionGuard sound = new ExecutionGuard(stopped::countDown);
        watchdog.watch(broken);
        watchdog.watch(sound);
        StatementBudget brief = new StatementBudget();
        brief.start(1);
        broken.enter(brief);
        StatementBudget longer = new StatementBudget();
        longer.start(Duration.ofMillis(100).toNanos());
        sound.enter(longer);

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(broken.leave()).isTrue();
    }
}
