package dev.dovetail.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.SimpleTriggerContext;

class ScheduledWorkTests {

    private static final Schedule DAILY = new Schedule(LocalTime.of(2, 0), Duration.ofDays(1), ZoneOffset.UTC);

    private final MovedClock clock = MovedClock.at("2026-11-28T01:00:00Z");
    private final List<Instant> runs = new ArrayList<>();
    private @Nullable Instant recorded;

    private ScheduledWork work() {
        return new ScheduledWork("dovetail-trial", DAILY, clock, () -> recorded, () -> {
            runs.add(clock.instant());
            recorded = clock.instant();
            return true;
        });
    }

    private void pass(ScheduledWork work, int times) {
        for (int i = 0; i < times; i++) {
            clock.set(work.next());
            work.task().run();
        }
    }

    @Test
    void itIsDoneOnceADay() {
        pass(work(), 3);
        assertThat(runs)
                .containsExactly(
                        Instant.parse("2026-11-28T02:00:00Z"),
                        Instant.parse("2026-11-29T02:00:00Z"),
                        Instant.parse("2026-11-30T02:00:00Z"));
    }

    @Test
    void aClockThatIsSetBackBeforeTheFirstTimeDoesNotMakeTwoTimesOfOne() {
        ScheduledWork work = work();
        clock.set(announced(work).minus(Duration.ofMinutes(10)));
        work.task().run();
        clock.set(announced(work));
        work.task().run();

        assertThat(runs).containsExactly(Instant.parse("2026-11-28T02:00:00Z"));
        assertThat(announced(work)).isEqualTo(Instant.parse("2026-11-29T02:00:00Z"));
    }

    private Instant announced(ScheduledWork work) {
        return work.nextExecution(new SimpleTriggerContext(clock));
    }

    @Test
    void whatWasMissedIsMadeUpForOnce() {
        recorded = Instant.parse("2026-11-20T02:00:00Z");
        pass(work(), 2);
        assertThat(runs).containsExactly(Instant.parse("2026-11-28T01:01:00Z"), Instant.parse("2026-11-28T02:00:00Z"));
    }

    @Test
    void whatAnotherInstanceHasDoneIsNotDoneAgain() {
        ScheduledWork work = work();
        recorded = Instant.parse("2026-11-28T02:00:00Z");
        clock.set(Instant.parse("2026-11-28T02:00:01Z"));
        assertThat(work.next()).isEqualTo(Instant.parse("2026-11-29T02:00:00Z"));
    }

    @Test
    void whatFailsOrLeavesNoRecordIsNotDoneInABurst() {
        recorded = Instant.parse("2026-11-20T02:00:00Z");
        ScheduledWork work = new ScheduledWork("dovetail-trial", DAILY, clock, () -> recorded, () -> {
            runs.add(clock.instant());
            throw new IllegalStateException("no database");
        });
        pass(work, 2);
        assertThat(runs).containsExactly(Instant.parse("2026-11-28T01:01:00Z"), Instant.parse("2026-11-28T02:00:00Z"));
    }

    /** Of another instance that died with its right, or is at something that was asked for. */
    @Test
    void whatAnotherOneKeepsFromIsTriedAgainUntilSomebodyHasDoneIt() {
        recorded = Instant.parse("2026-11-27T02:00:00Z");
        ScheduledWork work = new ScheduledWork("dovetail-trial", DAILY, clock, () -> recorded, () -> {
            runs.add(clock.instant());
            return false;
        });
        pass(work, 2);
        recorded = clock.instant();
        pass(work, 1);
        assertThat(runs)
                .containsExactly(
                        Instant.parse("2026-11-28T02:00:00Z"),
                        Instant.parse("2026-11-28T02:01:00Z"),
                        Instant.parse("2026-11-29T02:00:00Z"));
    }

    @Test
    void aHistoryThatCannotBeReadLeavesTheTimeOfDay() {
        ScheduledWork work = new ScheduledWork(
                "dovetail-trial",
                DAILY,
                clock,
                () -> {
                    throw new IllegalStateException("no table");
                },
                () -> runs.add(clock.instant()));
        pass(work, 2);
        assertThat(runs).containsExactly(Instant.parse("2026-11-28T02:00:00Z"), Instant.parse("2026-11-29T02:00:00Z"));
    }

    @Test
    void listsOfTasksShowItsName() {
        assertThat(work().task()).hasToString("dovetail-trial");
    }
}
