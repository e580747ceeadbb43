package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.MaintenanceStep;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What is done with a SQLite file, and what is left alone (F139, F141, F147). */
class SqliteUpkeepTests {

    static final int ROWS = 20_000;

    static final String SMALL = "dovetail.optimizer.free-size=64KB";

    @TempDir
    Path directory;

    private TestApplication start(String... properties) {
        return TestApplication.with(Map.of("dovetail.sqlite.path", file().toString()), properties);
    }

    private Path file() {
        return directory.resolve("test.db");
    }

    static void fill(TestApplication application) {
        application.template().execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, number INTEGER) STRICT");
        application.template().execute("CREATE INDEX item_number ON item (number)");
        application.template().update("""
                INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT i, hex(zeroblob(200)), i %% 7 FROM n""".formatted(ROWS));
    }

    @Test
    void whenNothingPaysThenEachStepSaysByWhichNumbers() {
        try (TestApplication application = start()) {
            fill(application);
            application.database().optimize();
            OptimizationReport report = application.database().optimize();

            StepResult space = report.step("incremental-vacuum");
            assertThat(space.outcome()).isEqualTo(Outcome.NOT_NEEDED);
            assertThat(space.message()).contains("pages", "0.0 %");
            assertThat(space.details())
                    .containsEntry("freePages", 0L)
                    .containsEntry("freeShareThreshold", 0.25)
                    .containsEntry("freeBytesThreshold", 64L * 1024 * 1024);
            assertThat(report.step("statistics").outcome()).isEqualTo(Outcome.NOT_NEEDED);
            assertThat(report.step("checkpoint").outcome()).isIn(Outcome.NOT_NEEDED, Outcome.DONE);
            assertThat(report.step("integrity").outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(report.step("integrity").message()).contains("dovetail.backup.enabled");
            assertThat(report.success()).isTrue();
        }
    }

    @Test
    void theNightCutsTheLogAlsoWhileConnectionsAreInUse() throws Exception {
        try (TestApplication application = start("dovetail.optimizer.checkpoint-interval=0")) {
            fill(application);
            StepResult step;
            try (Connection inUse = application.dataSource().getConnection()) {
                assertThat(inUse.isValid(1)).isTrue();
                step = application.database().optimize().step("checkpoint");
            }

            assertThat(step.outcome()).as(step.message()).isEqualTo(Outcome.DONE);
            assertThat(step.details()).containsEntry("mode", "TRUNCATE").containsEntry("logBytesAfter", 0L);
        }
    }

    @Test
    void tablesWithoutStatisticsGetSome() {
        try (TestApplication application = start()) {
            fill(application);
            StepResult step = application.database().optimize().step("statistics");

            assertThat(step.outcome()).as(step.message()).isEqualTo(Outcome.DONE);
            assertThat(application
                            .template()
                            .queryForList("SELECT idx FROM sqlite_stat1 WHERE tbl = 'item'", String.class))
                    .containsExactly("item_number");
        }
    }

    @Test
    void thePlanLeavesFileAndPragmasAsTheyAre() throws Exception {
        try (TestApplication application = start(SMALL, "dovetail.optimizer.checkpoint-interval=0")) {
            fill(application);
            application.template().update("DELETE FROM item WHERE id > " + ROWS / 2);
            Map<String, String> before = fingerprint(application);

            OptimizationReport report = application
                    .database()
                    .optimize(OptimizationOptions.defaults()
                            .asDryRun()
                            .withReindex()
                            .withFullVacuum());

            assertThat(report.steps())
                    .filteredOn(step -> !List.of("retention", "integrity").contains(step.step()))
                    .extracting(StepResult::step, StepResult::outcome)
                    .allSatisfy(step -> assertThat(step.toList().get(1)).isEqualTo(Outcome.PLANNED));
            assertThat(fingerprint(application)).isEqualTo(before);
        }
    }

    private Map<String, String> fingerprint(TestApplication application) throws Exception {
        Map<String, String> fingerprint = new LinkedHashMap<>();
        for (String pragma : List.of("page_count", "freelist_count", "auto_vacuum", "schema_version", "data_version")) {
            fingerprint.put(pragma, application.template().queryForObject("PRAGMA " + pragma, String.class));
        }
        for (Path each : List.of(file(), directory.resolve("test.db-wal"))) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(each));
            fingerprint.put(each.toString(), HexFormat.of().formatHex(digest));
        }
        return fingerprint;
    }

    @Test
    void whatLitestreamFollowsIsNeitherRewrittenNorCheckpointed() throws Exception {
        Files.createDirectory(directory.resolve(".test.db-litestream"));
        try (TestApplication application = start()) {
            fill(application);
            OptimizationReport report = application
                    .database()
                    .optimize(OptimizationOptions.defaults().withFullVacuum());
            for (String step : List.of("full-vacuum", "checkpoint")) {
                assertThat(report.step(step).outcome()).isEqualTo(Outcome.SKIPPED);
                assertThat(report.step(step).message()).contains("Litestream");
            }
        }
    }

    @Test
    void whenAnotherProcessHoldsTheLockThenWhatNeedsItFailsAndIsReportedSo() throws Exception {
        try (TestApplication application = TestApplication.withBeans(
                Map.of("dovetail.sqlite.path", file().toString()),
                Locking.class,
                "dovetail.sqlite.busy-timeout=200ms")) {
            fill(application);
            Locking lock = application.bean(Locking.class);
            lock.file = file();
            OptimizationReport report = application.database().optimize();
            lock.close();

            assertThat(report.success()).isFalse();
            assertThat(report.step("lock").outcome()).isEqualTo(Outcome.DONE);
            assertThat(report.step("statistics").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.step("statistics").message()).contains("SQLState 55P03");
            assertThat(report.step("incremental-vacuum").outcome()).isEqualTo(Outcome.NOT_NEEDED);
            assertThat(application.database().optimize().success()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Locking {

        private Path file = Path.of("none");
        private @Nullable Connection holder;

        @Bean
        @Order(1)
        MaintenanceStep lock() {
            return new OptimizerTests.Step("lock", context -> {
                if (holder == null) {
                    Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file);
                    holder = foreign;
                    try (Statement statement = foreign.createStatement()) {
                        statement.executeUpdate("BEGIN IMMEDIATE");
                    }
                }
                return UpkeepResult.done("locked", Map.of());
            });
        }

        void close() throws Exception {
            Objects.requireNonNull(holder).close();
        }
    }
}
