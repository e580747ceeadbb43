package dev.dovetail.contract.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.StepResult;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retention among the steps of the optimizer (F137, F143). */
class RetentionStepTests {

    private static TestApplication start(Map<String, String> database) {
        try (TestApplication before = TestApplication.with(database)) {
            before.define("CREATE TABLE event (id ${bigint} PRIMARY KEY, at ${bigint})");
            long now = System.currentTimeMillis();
            for (int days = 1; days <= 5; days++) {
                before.jdbc()
                        .sql("INSERT INTO event VALUES (?, ?)")
                        .params(days, now - days * 86_400_000L)
                        .update();
            }
        }
        TestApplication application = TestApplication.with(
                database,
                "dovetail.optimizer.retention.event.column=at",
                "dovetail.optimizer.retention.event.unit=millis",
                "dovetail.optimizer.retention.event.max-age=84h");
        application.defineOwnTables();
        return application;
    }

    private static long rows(TestApplication application) {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM event")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheFirstStepAndADryRunOnlyCounts(TestEngine engine) {
        try (TestApplication application = start(engine.freshDatabase())) {
            StepResult plan = application
                    .database()
                    .optimize(OptimizationOptions.defaults().asDryRun())
                    .step("retention");
            assertThat(plan.outcome()).isEqualTo(Outcome.PLANNED);
            assertThat(plan.message()).isEqualTo("2 row(s) would be deleted");
            assertThat(rows(application)).isEqualTo(5);

            OptimizationReport report = application.database().optimize();
            assertThat(report.steps().get(0).step()).isEqualTo("retention");
            assertThat(report.step("retention").message()).isEqualTo("2 row(s) were deleted");
            assertThat(report.step("retention").details()).containsKey("event");
            assertThat(rows(application)).isEqualTo(3);
            assertThat(application.database().optimize().step("retention").outcome())
                    .isEqualTo(Outcome.NOT_NEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatWentMeanwhileFailsTheStepAndNoOther(TestEngine engine) {
        try (TestApplication application = start(engine.freshDatabase())) {
            application.template().execute("DROP TABLE event");
            OptimizationReport report = application.database().optimize();

            assertThat(report.success()).isFalse();
            assertThat(report.step("retention").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.step("retention").message()).contains("event");
            assertThat(report.step("statistics").outcome()).isNotEqualTo(Outcome.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutARuleNothingIsNeeded(TestEngine engine) {
        try (TestApplication application = TestApplication.with(engine.freshDatabase())) {
            StepResult step = application.database().optimize().step("retention");
            assertThat(step.outcome()).isEqualTo(Outcome.NOT_NEEDED);
            assertThat(step.message()).contains("dovetail.optimizer.retention");
        }
    }
}
