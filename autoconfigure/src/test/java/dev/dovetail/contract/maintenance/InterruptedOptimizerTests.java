package dev.dovetail.contract.maintenance;

import static dev.dovetail.contract.maintenance.OptimizerTests.last;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.ScheduledOptimization;
import dev.dovetail.maintenance.StepResult;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Runs that the end of their application or of their process cuts short (F144). */
class InterruptedOptimizerTests {

    @ParameterizedTest
    @EnumSource
    void aRunThatTheEndOfTheApplicationCutsShortIsNoSuccessAndLeavesNoRight(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        Thread running;
        try (TestApplication application = TestApplication.withBeans(database, Endless.class)) {
            application.defineOwnTables();
            Endless gate = application.bean(Endless.class);
            running = new Thread(application.bean(ScheduledOptimization.class)::run, "night");
            running.start();
            assertThat(gate.entered.await(30, TimeUnit.SECONDS)).isTrue();
            running.interrupt();
        }
        running.join(30_000);
        assertInterrupted(database);
    }

    @ParameterizedTest
    @EnumSource
    void aStatementThatTheEndOfTheApplicationStopsIsWrittenDown(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.withBeans(database, Slow.class)) {
            application.defineOwnTables();
            CompletableFuture<Void> unused = OwnThread.run(() ->
                    assertThat(application.database().optimize().success()).isFalse());
            assertThat(application.bean(Slow.class).entered.await(30, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(unused).isNotDone();
        }
        assertInterrupted(database);
    }

    @ParameterizedTest
    @EnumSource
    void aRunWhoseProcessDiedIsNotRunningForEver(TestEngine engine) {
        try (TestApplication application = TestApplication.on(engine)) {
            application.defineOwnTables();
            application.template().update("""
                    INSERT INTO dovetail_maintenance_run (instance, cause, state, started_at) VALUES ('x', 'REQUESTED', 'RUNNING', 1)""");
            application.database().optimize();

            assertThat(application.bean(MaintenanceHistory.class).statistics().recent())
                    .extracting(MaintenanceRun::state)
                    .containsExactly(MaintenanceRun.State.SUCCEEDED, MaintenanceRun.State.INTERRUPTED);
        }
    }

    private static void assertInterrupted(Map<String, String> database) {
        try (TestApplication next = TestApplication.with(database)) {
            assertThat(last(next).state()).isEqualTo(MaintenanceRun.State.INTERRUPTED);
            assertThat(next.bean(MaintenanceHistory.class).statistics().successes())
                    .isZero();
            assertThat(last(next).steps())
                    .filteredOn(step -> step.step().equals("last"))
                    .extracting(StepResult::outcome)
                    .containsExactly(Outcome.SKIPPED);
            assertThat(next.database().optimize().success()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Endless {

        final CountDownLatch entered = new CountDownLatch(1);

        @Bean
        @Order(1)
        MaintenanceStep endless() {
            return new OptimizerTests.Step("endless", context -> {
                entered.countDown();
                while (context.goesOn()) {
                    LockSupport.parkNanos(1_000_000);
                }
                return UpkeepResult.done("half of it", Map.of());
            });
        }

        @Bean
        MaintenanceStep last() {
            return new OptimizerTests.Step("last", context -> UpkeepResult.done("done", Map.of()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Slow {

        final CountDownLatch entered = new CountDownLatch(1);

        @Bean
        @Order(1)
        MaintenanceStep slow() {
            return new OptimizerTests.Step("slow", context -> {
                try (Statement statement = context.connection().createStatement()) {
                    entered.countDown();
                    statement.execute(TestEngine.valueOf(context.engine().name().toUpperCase(Locale.ROOT))
                            .slowQuery());
                }
                return UpkeepResult.done("done", Map.of());
            });
        }

        @Bean
        MaintenanceStep last() {
            return new OptimizerTests.Step("last", context -> UpkeepResult.done("done", Map.of()));
        }
    }
}
