package dev.dovetail.contract.maintenance;

import static dev.dovetail.contract.maintenance.SqliteUpkeepTests.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.maintenance.OptimizerRule;
import dev.dovetail.maintenance.StepResult;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest backup of a SQLite file, examined as a whole by the optimizer (F149). */
class BackupExaminationTests {

    @TempDir
    Path directory;

    private TestApplication start(String... properties) {
        return TestApplication.with(Map.of("dovetail.sqlite.path", file().toString()), properties);
    }

    private Path file() {
        return directory.resolve("test.db");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNewestBackupIsExaminedOnceAWeek(boolean compressed) throws Exception {
        String[] properties = {
            "dovetail.backup.directory=" + directory.resolve("backups"), "dovetail.backup.compress=" + compressed
        };
        Path backup;
        try (TestApplication application = start(properties)) {
            application.defineOwnTables();
            fill(application);
            backup = application.database().backup().path();

            StepResult sound = application.database().optimize().step("integrity");
            assertThat(sound.outcome()).as(sound.message()).isEqualTo(Outcome.DONE);
            assertThat(sound.details())
                    .containsEntry("backup", String.valueOf(backup.getFileName()))
                    .containsEntry("foreignKeyViolations", 0L);
            assertThat(application.database().optimize().step("integrity").outcome())
                    .isEqualTo(Outcome.NOT_NEEDED);
        }
        damage(backup);
        try (TestApplication application =
                start(properties[0], properties[1], "dovetail.optimizer.integrity-interval=0")) {
            StepResult damaged = application.database().optimize().step("integrity");
            assertThat(damaged.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(damaged.message()).contains("The newest backup is damaged");
            assertThat(found(application))
                    .extracting(Finding::subject, Finding::severity)
                    .containsExactly(Assertions.tuple("integrity", Severity.HIGH));
        }
    }

    @Test
    void aBadResultOfTheExaminationStaysUntilOneIsGood() throws Exception {
        try (TestApplication application = start("dovetail.backup.directory=" + directory.resolve("backups"))) {
            application.defineOwnTables();
            application.template().execute("CREATE TABLE parent (id integer PRIMARY KEY)");
            application.template().execute("CREATE TABLE child (parent int REFERENCES parent)");
            application.template().execute((Connection writer) -> {
                for (String sql : List.of(
                        "PRAGMA foreign_keys = OFF", "INSERT INTO child VALUES (1)", "PRAGMA foreign_keys = ON")) {
                    try (Statement statement = writer.createStatement()) {
                        statement.execute(sql);
                    }
                }
                return true;
            });
            application.database().backup();

            for (int night = 0; night < 2; night++) {
                assertThat(application.database().optimize().step("integrity").outcome())
                        .isEqualTo(Outcome.FAILED);
                assertThat(found(application))
                        .extracting(Finding::subject, Finding::severity)
                        .containsExactly(Assertions.tuple("integrity", Severity.MEDIUM));
            }
            application.template().update("DELETE FROM child");
            application.database().backup();
            assertThat(application.database().optimize().step("integrity").outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(found(application)).isEmpty();
        }
    }

    private static List<Finding> found(TestApplication application) throws Exception {
        return Evaluations.of(new OptimizerRule(application.bean(MaintenanceHistory.class)));
    }

    private static void damage(Path backup) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(backup.toFile(), "rw")) {
            content.seek(content.length() / 2);
            int found = content.read();
            content.seek(content.length() / 2);
            content.write(found ^ 1);
        }
    }
}
