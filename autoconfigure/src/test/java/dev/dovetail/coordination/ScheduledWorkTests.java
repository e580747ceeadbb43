package dev.dovetail.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduledWorkTests {

    private static final Schedule DAILY = new Schedule(LocalTime.of(2, 0), Duration.ofDays(1), ZoneOffset.UTC);

    private final Settable clock = new Settable();
    private final List<Instant> runs = new ArrayList<>();
    private @Nullable Instant recorded;

    private static final class Settable extends Clock {

        private Instant now = Instant.parse("2026-11-28T01:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private ScheduledWork work() {
        return new ScheduledWork("dovetail-trial", DAILY, clock, () -> recorded, () -> {
            runs.add(clock.now);
            recorded = clock.now;
        });
    }

    private void pass(ScheduledWork work, int times) {
        for (int i = 0; i < times; i++) {
            clock.now = work.next();
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
    void whatWasMissedIsMadeUpForOnce() {
        recorded = Instant.parse("2026-11-20T02:00:00Z");
        pass(work(), 2);
        assertThat(runs)
                .containsExactly(Instant.parse("2026-11-28T01:01:00Z"), Instant.parse("2026-11-28T02:00:00Z"));
    }

    @Test
    void whatAnotherInstanceHasDoneIsNotDoneAgain() {
        ScheduledWork work = work();
        recorded = Instant.parse("2026-11-28T02:00:00Z");
        clock.now = Instant.parse("2026-11-28T02:00:01Z");
        assertThat(work.next()).isEqualTo(Instant.parse("2026-11-29T02:00:00Z"));
    }

    @Test
    void whatFailsOrLeavesNoRecordIsNotDoneInABurst() {
        recorded = Instant.parse("2026-11-20T02:00:00Z");
        ScheduledWork work = new ScheduledWork("dovetail-trial", DAILY, clock, () -> recorded, () -> {
            runs.add(clock.now);
            throw new IllegalStateException("no database");
        });
        pass(work, 2);
        assertThat(runs)
                .containsExactly(Instant.parse("2026-11-28T01:01:00Z"), Instant.parse("2026-11-28T02:00:00Z"));
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
                () -> runs.add(clock.now));
        pass(work, 2);
        assertThat(runs)
                .containsExactly(Instant.parse("2026-11-28T02:00:00Z"), Instant.parse("2026-11-29T02:00:00Z"));
    }

    @Test
    void listsOfTasksShowItsName() {
        assertThat(work().task()).hasToString("dovetail-trial");
    }
}
