package dev.dovetail.contract.maintenance;

import static dev.dovetail.contract.maintenance.OptimizerTests.last;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.MaintenanceRunningException;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.Optimizer;
import dev.dovetail.maintenance.RunningMaintenance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** A run, seen by those who ask for another one or how it stands meanwhile (F137, F150). */
class RunningOptimizerTests {

    @ParameterizedTest
    @EnumSource
    void whileItRunsASecondCallIsRefusedHereAndElsewhere(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.withBeans(database, Blocking.class);
                TestApplication other = TestApplication.with(database)) {
            application.defineOwnTables();
            Blocking gate = application.bean(Blocking.class);
            CompletableFuture<Void> first = OwnThread.run(() ->
                    assertThat(application.database().optimize().success()).isTrue());
            assertThat(gate.entered.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(application.bean(Optimizer.class).running())
                    .extracting(RunningMaintenance::step)
                    .isEqualTo("blocking");
            assertThatThrownBy(() -> application.database().optimize())
                    .isInstanceOf(MaintenanceRunningException.class)
                    .hasMessageContainingAll("running already", "'blocking'");
            assertThatThrownBy(() -> application
                            .database()
                            .optimize(OptimizationOptions.defaults().asDryRun()))
                    .isInstanceOf(MaintenanceRunningException.class);
            assertThatThrownBy(() -> other.database().optimize())
                    .isInstanceOf(MaintenanceRunningException.class)
                    .hasMessageContaining("Another instance");
            MaintenanceRun running = last(application);
            assertThat(running.state()).isEqualTo(MaintenanceRun.State.RUNNING);
            assertThat(running.duration()).isNull();

            gate.mayEnd.countDown();
            first.get(30, TimeUnit.SECONDS);
            assertThat(other.database().optimize().success()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndpointShowsItAndAnswersWithAConflict(TestEngine engine) throws Exception {
        try (TestApplication application = TestApplication.withBeans(
                engine.freshDatabase(),
                Blocking.class,
                "management.endpoints.web.exposure.include=dovetail",
                "management.endpoint.dovetail.access=unrestricted")) {
            application.defineOwnTables();
            DovetailEndpoint endpoint = application.bean(DovetailEndpoint.class);
            Blocking gate = application.bean(Blocking.class);
            CompletableFuture<Void> first = OwnThread.run(() -> endpoint.act("optimize", null, null, null, null));
            assertThat(gate.entered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(endpoint.act("optimize", null, null, null, null))
                    .isInstanceOfSatisfying(
                            WebEndpointResponse.class,
                            answer -> assertThat(answer.getStatus()).isEqualTo(409));
            assertThat(section(endpoint)).containsKeys("running", "nextRun");
            gate.mayEnd.countDown();
            first.get(30, TimeUnit.SECONDS);

            Object plan = endpoint.act("optimize", null, true, null, null);
            assertThat(plan).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("dryRun", true);
            assertThat(section(endpoint))
                    .containsEntry("runs", 1L)
                    .containsEntry("successes", 1L)
                    .doesNotContainKey("running");
            if (engine == TestEngine.SQLITE) {
                assertThat(endpoint.act("checkpoint", null, null, null, null)).isNotNull();
            } else {
                assertThatThrownBy(() -> endpoint.act("checkpoint", null, null, null, null))
                        .isInstanceOf(InvalidEndpointRequestException.class)
                        .hasMessageContaining("optimize");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void whoAsksHowItStandsWaitsForNobodyWhoWrites(TestEngine engine) throws Exception {
        try (TestApplication application =
                TestApplication.on(engine, "management.endpoints.web.exposure.include=dovetail")) {
            application.defineOwnTables();
            application.database().optimize();
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            CompletableFuture<Void> writer =
                    OwnThread.run(() -> application.transaction().executeWithoutResult(status -> {
                        application.template().update("DELETE FROM dovetail_lease WHERE name = 'none'");
                        writing.countDown();
                        assertThat(uninterruptibly(mayEnd)).isTrue();
                    }));
            writing.await();
            try {
                CompletableFuture<Void> asked = OwnThread.run(() -> {
                    assertThat(section(application.bean(DovetailEndpoint.class)))
                            .containsEntry("runs", 1L)
                            .containsKey("nextRun");
                    assertThat(last(application).state()).isEqualTo(MaintenanceRun.State.SUCCEEDED);
                });
                assertThat(asked).succeedsWithin(Duration.ofSeconds(4));
            } finally {
                mayEnd.countDown();
                writer.join();
            }
        }
    }

    private static boolean uninterruptibly(CountDownLatch latch) {
        try {
            return latch.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(DovetailEndpoint endpoint) {
        return (Map<String, Object>) Objects.requireNonNull(endpoint.section("maintenance"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Blocking {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);

        @Bean
        @Order(1)
        MaintenanceStep blocking() {
            return new OptimizerTests.Step("blocking", context -> {
                entered.countDown();
                assertThat(mayEnd.await(30, TimeUnit.SECONDS)).isTrue();
                return UpkeepResult.done("waited", Map.of("list", List.of(1)));
            });
        }
    }
}
