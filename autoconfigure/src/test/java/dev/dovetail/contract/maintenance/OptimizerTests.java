package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.MaintenanceContext;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.MaintenanceRun;
import dev.dovetail.maintenance.MaintenanceStatistics;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.OptimizerRule;
import dev.dovetail.maintenance.StepResult;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.IllegalTransactionStateException;

/** Steps, their results, and who remembers them (F137, F144, F147). */
class OptimizerTests {

    private static TestApplication start(TestEngine engine, Class<?> steps) {
        TestApplication application = TestApplication.withBeans(engine.freshDatabase(), steps);
        application.defineOwnTables();
        return application;
    }

    @ParameterizedTest
    @EnumSource
    void whenAStepFailsThenTheOthersAreRunAndNobodyCallsItASuccess(TestEngine engine) {
        try (TestApplication application = start(engine, Failing.class)) {
            OptimizerRule rule = new OptimizerRule(application.bean(MaintenanceHistory.class));
            assertThat(Evaluations.of(rule)).isEmpty();
            OptimizationReport report = application.database().optimize();

            assertThat(report.success()).isFalse();
            assertThat(Evaluations.of(rule))
                    .extracting(Finding::subject)
                    .startsWith("first", "broken-sql")
                    .doesNotContain("last");
            assertThat(Evaluations.of(rule).toString()).doesNotContain("out of luck");
            assertThat(report.steps())
                    .extracting(StepResult::step)
                    .startsWith("first", "broken-sql")
                    .endsWith("last");
            assertThat(report.step("first").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.step("first").message()).contains("IllegalStateException: out of luck");
            assertThat(report.step("broken-sql").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.step("broken-sql").message()).contains("table that does not exist", "SQLState 42P01");
            assertThat(List.of(
                            report.step("deep").outcome(), report.step("silent").outcome()))
                    .containsOnly(Outcome.FAILED);
            assertThat(report.step("last").outcome()).isEqualTo(Outcome.DONE);
            assertThat(report.step("last").details()).containsEntry("rows", 3);
            assertThat(report.step("statistics").outcome()).isNotEqualTo(Outcome.FAILED);
            assertThat(report.bytesBefore()).isPositive();
            assertThat(report.steps())
                    .allSatisfy(step -> assertThat(step.bytesAfter()).isPositive());

            MaintenanceRun last = last(application);
            assertThat(last.state()).isEqualTo(MaintenanceRun.State.FAILED);
            assertThat(last.steps())
                    .extracting(StepResult::step)
                    .containsExactlyElementsOf(
                            report.steps().stream().map(StepResult::step).toList());
            assertThat(last.steps().get(last.steps().size() - 1).details()).containsEntry("rows", "3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenOnlyThePlanIsAskedForThenNothingChangesAndAStepThatWritesIsRefused(TestEngine engine) {
        try (TestApplication application = start(engine, Writing.class)) {
            application.define("CREATE TABLE item (id ${identity}, name ${text}) ${strict}");
            application.template().update("INSERT INTO item (name) VALUES ('one')");

            OptimizationReport report = application
                    .database()
                    .optimize(OptimizationOptions.defaults().asDryRun().withReindex());

            assertThat(report.dryRun()).isTrue();
            assertThat(report.step("writing").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.steps()).extracting(StepResult::outcome).doesNotContain(Outcome.DONE);
            assertThat(count(application, "item")).isEqualTo(1);
            assertThat(count(application, "dovetail_maintenance_run")).isZero();
            assertThat(count(application, "dovetail_lease")).isZero();

            assertThat(application.database().optimize().step("writing").outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(count(application, "item")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsHistorySurvivesARestartAndIsBounded(TestEngine engine) {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.with(database)) {
            application.defineOwnTables();
            for (int run = 0; run < 3; run++) {
                application.database().optimize();
            }
        }
        try (TestApplication application = TestApplication.with(database)) {
            MaintenanceHistory history = application.bean(MaintenanceHistory.class);
            MaintenanceStatistics statistics = history.statistics();
            assertThat(statistics.runs()).isEqualTo(3);
            assertThat(statistics.successes()).isEqualTo(3);
            assertThat(statistics.meanDuration()).isNotNull();
            assertThat(statistics.recent()).hasSize(3).allSatisfy(run -> {
                assertThat(run.cause()).isEqualTo(MaintenanceRun.Cause.REQUESTED);
                assertThat(run.duration()).isNotNull();
                assertThat(run.steps()).isNotEmpty();
            });
            for (int run = 0; run < 510; run++) {
                application.template().update("""
                        INSERT INTO dovetail_maintenance_run (instance, cause, state, started_at) VALUES ('x', 'SCHEDULED', 'RUNNING', 1)""");
            }
            application.database().optimize();
            assertThat(history.statistics().runs()).isEqualTo(MaintenanceHistory.KEPT);
            assertThat(history.statistics().recent()).hasSize(10);
            assertThat(application
                            .jdbc()
                            .sql("SELECT count(DISTINCT run_id) FROM dovetail_maintenance_step")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheLayersTablesAreNotThereThenItWorksAndRemembersNothing(TestEngine engine) {
        try (TestApplication application = TestApplication.on(engine)) {
            assertThat(application.database().optimize().success()).isTrue();
            assertThat(application.bean(MaintenanceHistory.class).statistics().runs())
                    .isZero();
            assertThat(application.bean(MaintenanceHistory.class).last()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void insideATransactionItIsRefused(TestEngine engine) {
        try (TestApplication application = TestApplication.on(engine)) {
            assertThatThrownBy(() -> application
                            .transaction()
                            .executeWithoutResult(
                                    status -> application.database().optimize()))
                    .isInstanceOf(IllegalTransactionStateException.class)
                    .hasMessageContaining("outside");
        }
    }

    static MaintenanceRun last(TestApplication application) {
        return Objects.requireNonNull(application.bean(MaintenanceHistory.class).last());
    }

    private static long count(TestApplication application, String table) {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    /** A step made of its run. */
    record Step(String name, Run work) implements MaintenanceStep {

        interface Run {
            UpkeepResult run(MaintenanceContext context) throws Exception;
        }

        @Override
        public UpkeepResult run(MaintenanceContext context) throws Exception {
            return work.run(context);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        @Order(2)
        MaintenanceStep brokenSql() {
            return new Step("broken-sql", context -> {
                try (Statement statement = context.connection().createStatement()) {
                    statement.executeUpdate("DELETE FROM no_such_table");
                }
                return UpkeepResult.done("", Map.of());
            });
        }

        @Bean
        @Order(1)
        MaintenanceStep first() {
            return new Step("first", context -> {
                throw new IllegalStateException("out of luck");
            });
        }

        @Bean
        @Order(3)
        MaintenanceStep deep() {
            return new Step("deep", context -> {
                throw new StackOverflowError("too deep");
            });
        }

        @Bean
        @Order(4)
        MaintenanceStep silent() {
            return new Step("silent", context -> silence());
        }

        @SuppressWarnings({"NullAway", "DataFlowIssue"}) // As a step may that nobody checks for nulls.
        private static UpkeepResult silence() {
            return null;
        }

        @Bean
        MaintenanceStep last() {
            return new Step("last", context -> UpkeepResult.done("cleaned up", Map.of("rows", 3)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Writing {

        @Bean
        MaintenanceStep writing() {
            return new Step("writing", context -> {
                try (Statement statement = context.connection().createStatement()) {
                    statement.executeUpdate("INSERT INTO item (name) VALUES ('two')");
                }
                return UpkeepResult.done("written", Map.of());
            });
        }
    }
}
