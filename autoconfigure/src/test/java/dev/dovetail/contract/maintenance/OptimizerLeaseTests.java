package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.OptimizationReport;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;

/** A step that took longer than the right to run alone lasts, as nobody could renew it (F150). */
class OptimizerLeaseTests {

    private static OptimizationReport optimize(TestApplication application, String meanwhile) {
        application.defineOwnTables();
        application.bean(Lengthy.class).meanwhile = meanwhile;
        return application.database().optimize();
    }

    @ParameterizedTest
    @EnumSource
    void whenAnotherInstanceHasTakenTheRightThenTheRestIsLeftToIt(TestEngine engine) {
        try (TestApplication application = TestApplication.withBeans(engine.freshDatabase(), Lengthy.class)) {
            OptimizationReport report =
                    optimize(application, "UPDATE dovetail_lease SET owner = 'another', token = token + 1");

            assertThat(report.step("lengthy").outcome()).isEqualTo(Outcome.DONE);
            assertThat(report.step("last").outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(report.step("last").message()).contains("another instance");
            assertThat(report.success()).isFalse();
            assertThat(Objects.requireNonNull(
                                    application.bean(MaintenanceHistory.class).last())
                            .state())
                    .isEqualTo(MaintenanceRun.State.INTERRUPTED);
            assertThat(application.template().queryForObject("SELECT expires_at FROM dovetail_lease", Long.class))
                    .as("the right of the other one")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyHasTakenItThenItIsTakenAgain(TestEngine engine) {
        try (TestApplication application = TestApplication.withBeans(engine.freshDatabase(), Lengthy.class)) {
            OptimizationReport report = optimize(application, "UPDATE dovetail_lease SET expires_at = 1");

            assertThat(report.step("last").outcome()).isEqualTo(Outcome.DONE);
            assertThat(report.success()).isTrue();
            assertThat(application.template().queryForObject("SELECT token FROM dovetail_lease", Long.class))
                    .isEqualTo(2);
            assertThat(application.database().optimize().success()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Lengthy {

        private String meanwhile = "";

        @Bean
        @Order(1)
        MaintenanceStep lengthy(JdbcTemplate jdbc) {
            return new OptimizerTests.Step("lengthy", context -> {
                jdbc.update(meanwhile);
                return UpkeepResult.done("done", Map.of());
            });
        }

        @Bean
        MaintenanceStep last() {
            return new OptimizerTests.Step("last", context -> UpkeepResult.done("done", Map.of()));
        }
    }
}
