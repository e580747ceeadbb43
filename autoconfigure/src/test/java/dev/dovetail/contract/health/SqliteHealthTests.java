package dev.dovetail.contract.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running application says of its file, by the questions that only a file is asked. */
class SqliteHealthTests {

    @TempDir
    Path directory;

    private static List<Finding> found(HealthMonitor monitor, String rule) {
        return monitor.evaluate().findings().stream()
                .filter(each -> each.rule().equals(rule))
                .toList();
    }

    @Test
    void aLargeTableWithoutStatisticsIsFoundUntilTheOptimizerRuns() {
        try (TestApplication application =
                TestApplication.on(TestEngine.SQLITE, "dovetail.monitoring.rules.missing-statistics.threshold=0s")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            application.template().execute("CREATE TABLE item (number INTEGER UNIQUE)");
            application.template().update("""
                    INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
                    SELECT i FROM n""");
            assertThat(found(monitor, "missing-statistics")).isEmpty();
            application.template().update("INSERT INTO item VALUES (10000)");

            assertThat(found(monitor, "missing-statistics")).singleElement().satisfies(found -> {
                assertThat(found.subject()).isEqualTo("item");
                assertThat(found.effect()).isEqualTo(Finding.Effect.DEGRADED);
            });

            assertThat(application.database().optimize().success()).isTrue();
            assertThat(found(monitor, "missing-statistics")).isEmpty();
        }
    }

    @Test
    void aLimitOfPagesThatTheApplicationSetIsTheOneThatIsAskedFor() {
        try (TestApplication application =
                TestApplication.on(TestEngine.SQLITE, "dovetail.sqlite.pragmas.max_page_count=100")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            application.template().execute("CREATE TABLE item (content BLOB)");
            assertThat(found(monitor, "page-limit")).isEmpty();
            while (pages(application) < 95) {
                application.template().update("INSERT INTO item VALUES (zeroblob(4000))");
            }

            assertThat(found(monitor, "page-limit"))
                    .singleElement()
                    .satisfies(found -> assertThat(found.measured()).isEqualTo("95 %"));
        }
    }

    private static long pages(TestApplication application) {
        return Objects.requireNonNull(application.template().queryForObject("PRAGMA page_count", Long.class));
    }

    @Test
    void aFileThatIsGoneIsNeitherAskedNorMadeAgain() throws IOException {
        Path file = directory.resolve("app.db");
        try (TestApplication application =
                TestApplication.with(Map.of("dovetail.sqlite.path", file.toString()), "logging.level.root=off")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            assertThat(monitor.evaluate().unanswered()).isEmpty();
            Files.delete(file);

            HealthReport report = monitor.evaluate();

            assertThat(report.findings())
                    .extracting(Finding::rule)
                    .contains("database-file")
                    .doesNotContain("rule-failed");
            assertThat(report.unanswered()).contains("page-limit", "sequences", "free-pages", "missing-statistics");
            assertThat(file).doesNotExist();
        }
    }
}
