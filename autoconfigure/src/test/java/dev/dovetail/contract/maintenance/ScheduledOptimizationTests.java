package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.MovedClock;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.coordination.ScheduledWork;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.ScheduledOptimization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two instances, one run each night (F138, F150). */
class ScheduledOptimizationTests {

    private static final Instant TWO = Instant.parse("2026-11-20T02:00:00Z");

    @ParameterizedTest
    @EnumSource
    void oneOfTwoInstancesDoesItEachNightAlsoWithClocksThatDiffer(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        String zone = "dovetail.optimizer.zone=UTC";
        try (TestApplication one = TestApplication.withBeans(database, Night.class, zone);
                TestApplication two = TestApplication.withBeans(database, Night.class, zone)) {
            one.defineOwnTables();
            MaintenanceHistory history = one.bean(MaintenanceHistory.class);
            for (int night = 1; night <= 3; night++) {
                Instant moment = TWO.plus(Duration.ofDays(night));
                one.bean(MovedClock.class).set(moment.plusMillis(3));
                two.bean(MovedClock.class).set(moment.plusSeconds(2));
                List<CompletableFuture<Void>> both = new ArrayList<>();
                for (TestApplication each : List.of(one, two)) {
                    both.add(OwnThread.run(each.bean(ScheduledOptimization.class)::run));
                }
                for (CompletableFuture<Void> each : both) {
                    each.get(60, TimeUnit.SECONDS);
                }
                // Whoever comes late finds it done.
                one.bean(ScheduledOptimization.class).run();
                two.bean(ScheduledOptimization.class).run();

                assertThat(history.statistics().runs()).isEqualTo(night);
            }
            assertThat(history.statistics().recent())
                    .extracting(MaintenanceRun::cause)
                    .containsOnly(MaintenanceRun.Cause.SCHEDULED);
            assertThat(one.bean(ScheduledWork.class).next()).isEqualTo(TWO.plus(Duration.ofDays(4)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimerThatRingsTooEarlyDoesNotMakeTwoNightsOfOne(TestEngine engine) {
        try (TestApplication application = TestApplication.withBeans(
                engine.freshDatabase(),
                Night.class,
                "dovetail.optimizer.zone=UTC",
                "dovetail.optimizer.time-of-day=00:00")) {
            application.defineOwnTables();
            Instant midnight = Instant.parse("2026-11-20T00:00:00Z");
            application.bean(MovedClock.class).set(midnight.minusMillis(1));
            application.bean(ScheduledOptimization.class).run();
            application.bean(MovedClock.class).set(midnight.plusMillis(1));
            application.bean(ScheduledOptimization.class).run();

            assertThat(application.bean(MaintenanceHistory.class).statistics().runs())
                    .isEqualTo(1);
            assertThat(application.bean(ScheduledWork.class).next()).isEqualTo(midnight.plus(Duration.ofDays(1)));
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 24h", "POSTGRESQL, 24h", "SQLITE, 6h", "SQLITE, 1m"})
    void aTimerThatRingsTooEarlySkipsNoRun(TestEngine engine, String interval) {
        try (TestApplication application = TestApplication.withBeans(
                engine.freshDatabase(),
                Night.class,
                "dovetail.optimizer.zone=UTC",
                "dovetail.optimizer.interval=" + interval)) {
            application.defineOwnTables();
            ScheduledWork schedule = application.bean(ScheduledWork.class);
            for (int run = 1; run <= 4; run++) {
                application.bean(MovedClock.class).set(schedule.next().minusMillis(5));
                schedule.task().run();
                application.bean(ScheduledOptimization.class).run();

                assertThat(application
                                .bean(MaintenanceHistory.class)
                                .statistics()
                                .runs())
                        .isEqualTo(run);
            }
        }
    }

    /** It died with its right, or is at a run that was asked for. */
    @ParameterizedTest
    @EnumSource
    void aNightThatAnotherInstanceKeepsFromIsTriedAgain(TestEngine engine) {
        try (TestApplication application =
                TestApplication.withBeans(engine.freshDatabase(), Night.class, "dovetail.optimizer.zone=UTC")) {
            application.defineOwnTables();
            MovedClock clock = application.bean(MovedClock.class);
            ScheduledWork schedule = application.bean(ScheduledWork.class);
            application.bean(ScheduledOptimization.class).run();
            clock.set(schedule.next());
            long now = System.currentTimeMillis();
            application
                    .template()
                    .update(
                            "UPDATE dovetail_lease SET owner = 'another', renewed_at = ?, expires_at = ?",
                            now,
                            now + 600_000);
            schedule.task().run();
            assertThat(application.bean(MaintenanceHistory.class).statistics().runs())
                    .isEqualTo(1);
            assertThat(schedule.next()).isEqualTo(TWO.plus(Duration.ofDays(1)).plusSeconds(60));

            application.template().update("DELETE FROM dovetail_lease");
            clock.set(schedule.next());
            schedule.task().run();
            assertThat(application.bean(MaintenanceHistory.class).statistics().runs())
                    .isEqualTo(2);
            assertThat(schedule.next()).isEqualTo(TWO.plus(Duration.ofDays(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAskedForDoesNotCountAsTheNightsRun(TestEngine engine) {
        try (TestApplication application =
                TestApplication.withBeans(engine.freshDatabase(), Night.class, "dovetail.optimizer.zone=UTC")) {
            application.defineOwnTables();
            application.bean(MovedClock.class).set(TWO.minusSeconds(60));
            application.database().optimize();
            application.bean(MovedClock.class).set(TWO);
            application.bean(ScheduledOptimization.class).run();

            assertThat(application.bean(MaintenanceHistory.class).statistics().recent())
                    .extracting(MaintenanceRun::cause)
                    .containsExactly(MaintenanceRun.Cause.SCHEDULED, MaintenanceRun.Cause.REQUESTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatAWrongClockPutIntoTheFutureStopsNoNight(TestEngine engine) {
        Map<String, String> database = engine.freshDatabase();
        String zone = "dovetail.optimizer.zone=UTC";
        try (TestApplication one = TestApplication.withBeans(database, Night.class, zone);
                TestApplication two = TestApplication.withBeans(database, Night.class, zone)) {
            one.defineOwnTables();
            one.bean(MovedClock.class).set(TWO.plus(Duration.ofDays(1_000)));
            one.bean(ScheduledOptimization.class).run();
            for (int night = 1; night <= 2; night++) {
                for (TestApplication each : List.of(one, two)) {
                    each.bean(MovedClock.class).set(TWO.plus(Duration.ofDays(night)));
                    each.bean(ScheduledOptimization.class).run();
                }
                assertThat(one.bean(MaintenanceHistory.class).statistics().runs())
                        .isEqualTo(1 + night);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Night {

        @Bean
        MovedClock clock() {
            return new MovedClock(TWO);
        }

        @Bean
        MaintenanceStep step() {
            return new OptimizerTests.Step("own", context -> UpkeepResult.done("done", Map.of()));
        }
    }
}
