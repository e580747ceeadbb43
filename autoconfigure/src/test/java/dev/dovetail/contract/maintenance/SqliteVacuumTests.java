package dev.dovetail.contract.maintenance;

import static dev.dovetail.contract.maintenance.SqliteUpkeepTests.ROWS;
import static dev.dovetail.contract.maintenance.SqliteUpkeepTests.SMALL;
import static dev.dovetail.contract.maintenance.SqliteUpkeepTests.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Space that a SQLite file gives back, and what that costs those who write (F139, F140). */
class SqliteVacuumTests {

    @TempDir
    Path directory;

    private TestApplication start(String... properties) {
        return TestApplication.with(Map.of("dovetail.sqlite.path", file().toString()), properties);
    }

    private Path file() {
        return directory.resolve("test.db");
    }

    @Test
    void afterHalfOfTheRowsAreDeletedTheFileShrinks() throws Exception {
        try (TestApplication application = start(SMALL)) {
            fill(application);
            application.database().optimize();
            long before = Files.size(file());
            application.template().update("DELETE FROM item WHERE id > " + ROWS / 2);

            OptimizationReport report = application.database().optimize();

            StepResult step = report.step("incremental-vacuum");
            assertThat(step.outcome()).as(step.message()).isEqualTo(Outcome.DONE);
            assertThat(step.details()).containsEntry("freePagesAfter", 0L);
            assertThat(step.bytesAfter()).isLessThan(step.bytesBefore());
            assertThat(report.step("full-vacuum").outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(Files.size(file())).isLessThan(before * 6 / 10);
            assertThat(application.template().queryForObject("PRAGMA integrity_check", String.class))
                    .isEqualTo("ok");
        }
    }

    @Test
    void aFileThatWasNotMadeForItIsRewrittenWhenAskedAndGivesSpaceBackFromThenOn() throws Exception {
        try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = plain.createStatement()) {
            statement.execute("CREATE TABLE first (id INTEGER PRIMARY KEY)");
        }
        try (TestApplication application = start(SMALL)) {
            fill(application);
            application.template().update("DELETE FROM item WHERE id > " + ROWS / 2);
            StepResult refused = application.database().optimize().step("incremental-vacuum");
            assertThat(refused.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(refused.message()).contains("fullVacuum");

            OptimizationReport report = application
                    .database()
                    .optimize(OptimizationOptions.defaults().withFullVacuum());
            assertThat(report.step("full-vacuum").outcome()).isEqualTo(Outcome.DONE);
            assertThat(report.step("incremental-vacuum").outcome()).isEqualTo(Outcome.NOT_NEEDED);
            // A connection that has not read since then still believes what it did.
            try (Connection fresh = application.foreignConnection();
                    Statement statement = fresh.createStatement()) {
                assertThat(statement.executeQuery("PRAGMA auto_vacuum").getInt(1))
                        .isEqualTo(2);
            }
            application.template().update("DELETE FROM item WHERE id > " + ROWS / 4);
            assertThat(application
                            .database()
                            .optimize()
                            .step("incremental-vacuum")
                            .outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void whenThePropertySaysSoAFullVacuumIsDoneOnlyWhenItPays() {
        try (TestApplication application = start(SMALL, "dovetail.optimizer.full-vacuum=true")) {
            fill(application);
            assertThat(application.database().optimize().step("full-vacuum").outcome())
                    .isEqualTo(Outcome.NOT_NEEDED);
            application.template().update("DELETE FROM item WHERE id > " + ROWS / 2);
            assertThat(application.database().optimize().step("full-vacuum").outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void aWriterNeverWaitsLongWhilePagesAreGivenBack() throws Exception {
        try (TestApplication application = start(SMALL)) {
            fill(application);
            for (int i = 0; i < 4; i++) {
                application.template().update("INSERT INTO item (name, number) SELECT name, number FROM item");
            }
            application.template().execute("CREATE TABLE beat (id INTEGER PRIMARY KEY) STRICT");
            application.template().update("DELETE FROM item WHERE id % 10 <> 0");
            AtomicBoolean ended = new AtomicBoolean();
            AtomicLong longest = new AtomicLong();
            AtomicLong beats = new AtomicLong();
            CompletableFuture<Void> writer = OwnThread.run(() -> {
                while (!ended.get()) {
                    long began = System.nanoTime();
                    application.template().update("INSERT INTO beat DEFAULT VALUES");
                    longest.accumulateAndGet(System.nanoTime() - began, Math::max);
                    beats.incrementAndGet();
                }
            });
            StepResult step = application.database().optimize().step("incremental-vacuum");
            ended.set(true);
            writer.get(30, TimeUnit.SECONDS);

            assertThat(step.outcome()).as(step.message()).isEqualTo(Outcome.DONE);
            assertThat(beats).hasPositiveValue();
            System.out.printf(
                    "%s pages in %d ms, %d commits meanwhile, the longest took %d ms%n",
                    step.details().get("pages"),
                    step.duration().toMillis(),
                    beats.get(),
                    TimeUnit.NANOSECONDS.toMillis(longest.get()));
            // Of a machine that others use as well; the promise of 250 ms is measured on one of its own.
            assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofSeconds(2));
        }
    }
}
