package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.coordination.Schedule;
import dev.dovetail.coordination.ScheduledWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.config.ScheduledTask;

class ScheduledTasksTests {

    private static final Schedule HOURLY = new Schedule(LocalTime.NOON, Duration.ofHours(1), ZoneOffset.UTC);

    // A minute of its clock has nearly passed when it is asked.
    private static ScheduledWork soon(Runnable work) {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
        return new ScheduledWork(
                "dovetail-trial", HOURLY, ahead, () -> Instant.now().minus(Duration.ofDays(3)), () -> done(work));
    }

    private static boolean done(Runnable work) {
        work.run();
        return true;
    }

    @Test
    void theWorkIsDoneAndListed() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        ScheduledTasks tasks = new ScheduledTasks(List.of(soon(done::countDown)), Clock.systemUTC());
        tasks.start();
        try {
            assertThat(tasks.getScheduledTasks())
                    .extracting(ScheduledTask::toString)
                    .containsExactly("dovetail-trial");
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            tasks.stop();
        }
        assertThat(tasks.getScheduledTasks()).isEmpty();
    }

    @Test
    void whatRunsIsInterruptedByTheEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ScheduledWork work = soon(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        ScheduledTasks tasks = new ScheduledTasks(List.of(work), Clock.systemUTC());
        tasks.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        tasks.stop();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A clock that stands still in the past, as tests of applications have it, must not let the work run without a pause. */
    @Test
    void whatIsDueIsDueByTheApplicationsClock() throws InterruptedException {
        Clock stopped = Clock.fixed(Instant.parse("2020-01-01T12:30:00Z"), ZoneOffset.UTC);
        CountDownLatch done = new CountDownLatch(1);
        ScheduledWork work =
                new ScheduledWork("dovetail-trial", HOURLY, stopped, () -> null, () -> done(done::countDown));
        ScheduledTasks tasks = new ScheduledTasks(List.of(work), stopped);
        tasks.start();
        try {
            assertThat(done.await(300, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            tasks.stop();
        }
    }

    @Test
    void withoutWorkThereIsNoThread() {
        ScheduledTasks tasks = new ScheduledTasks(List.of(), Clock.systemUTC());
        tasks.start();
        assertThat(tasks.isRunning()).isFalse();
        assertThat(tasks.getScheduledTasks()).isEmpty();
        tasks.stop();
    }
}
