package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupListener;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.BackupSchedule;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** Backups at intervals, by one instance of several. */
class BackupScheduleTests {

    @TempDir
    private Path directory;

    private TestApplication start(Map<String, String> database, String folder, String interval, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "dovetail.backup.enabled=true",
                "dovetail.backup.directory=" + directory.resolve(folder),
                "dovetail.backup.interval=" + interval,
                "dovetail.monitoring.health-interval=200ms",
                "logging.level.dev.dovetail=off"));
        properties.addAll(List.of(more));
        return TestApplication.with(database, properties.toArray(String[]::new));
    }

    private static int made(TestApplication application) {
        return (int) application.bean(Backups.class).list().stream()
                .filter(BackupReport::verified)
                .count();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void ofTwoInstancesWithDirectoriesOfTheirOwnOneMakesIt(TestEngine engine) {
        Map<String, String> database = DumpableDatabase.fresh(engine);
        defineOwnTables(database);
        try (TestApplication one = start(database, "one", "6s");
                TestApplication other = start(database, "other", "6s")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> made(one) + made(other) > 0);
            // Well within the interval, in which the other one has looked several times.
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> made(one) + made(other) == 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> made(one) + made(other) > 1);
            // Whoever makes none, or made an earlier one, knows of the other's.
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !(issues(one) + issues(other)).contains("older than it should be"));
        }
    }

    private static void defineOwnTables(Map<String, String> database) {
        try (TestApplication application = TestApplication.with(database, "logging.level.dev.dovetail=off")) {
            application.defineOwnTables();
        }
    }

    @Test
    void whatWasMissedIsMadeAtOnceAndWhatWasMadeIsNotRepeated() {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        defineOwnTables(database);
        try (TestApplication first = start(database, "backups", "1h")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> made(first) == 1);
        }
        try (TestApplication second = start(database, "backups", "1h")) {
            assertThat(second.bean(BackupSchedule.class).next())
                    .isEqualTo(
                            second.bean(Backups.class).list().get(0).createdAt().plus(Duration.ofHours(1)));
            assertThat(made(second)).isEqualTo(1);
        }
    }

    /** Each try may read a large database, and writes to the log. */
    @Test
    void whatGoesOnFailingIsTriedLessAndLessOften() throws IOException {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        defineOwnTables(database);
        Path file = Files.writeString(directory.resolve("backups"), "a file where the directory should be");
        try (TestApplication application = TestApplication.withBeans(
                database,
                Failures.class,
                "dovetail.backup.enabled=true",
                "dovetail.backup.directory=" + file,
                "dovetail.backup.interval=1s",
                "logging.level.dev.dovetail=off")) {
            List<Long> failures = application.bean(Failures.class).nanos;
            await().atMost(Duration.ofSeconds(30)).until(() -> failures.size() >= 4);
            assertThat(Duration.ofNanos(failures.get(3) - failures.get(2))).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Failures implements BackupListener {

        private final List<Long> nanos = new CopyOnWriteArrayList<>();

        @Override
        public void onBackup(BackupReport report) {}

        @Override
        public void onFailure(BackupException failure) {
            nanos.add(System.nanoTime());
        }
    }

    /** Long before the newest good one is too old. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whatItsMessageExplainsIsLoggedWithoutAStack(CapturedOutput output) {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        defineOwnTables(database);
        try (TestApplication application = start(
                database,
                "backups",
                "1h",
                "logging.level.dev.dovetail.backup=error",
                "dovetail.backup.pg-dump=" + directory.resolve("pg_dump"))) {
            assertThat(made(application)).isZero();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(output.getOut()).contains("The scheduled backup failed", "is not a pg_dump"));
        }
        assertThat(output.getOut()).doesNotContain("\tat dev.dovetail.backup");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void severalThatFailInARowAreToldByHealthUntilOneIsGood(TestEngine engine) throws IOException {
        Map<String, String> database = DumpableDatabase.fresh(engine);
        defineOwnTables(database);
        Path file = Files.writeString(directory.resolve("backups"), "a file where the directory should be");
        try (TestApplication application =
                start(database, "backups", "20s", "dovetail.monitoring.rules.backup-failures.threshold=2")) {
            await().atMost(Duration.ofSeconds(18))
                    .untilAsserted(() -> assertThat(issues(application))
                            .contains("scheduled backups failed")
                            .doesNotContain("older than it should be"));

            Files.delete(file);
            application.bean(Backups.class).backup();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(issues(application)).doesNotContain("scheduled backups failed"));
        }
    }

    /** As while a large one is verified or restored. */
    @Test
    void oneThatHasToWaitForAnotherHasNotFailed() throws Exception {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        defineOwnTables(database);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TestApplication other = TestApplication.with(
                database,
                "dovetail.backup.directory=" + directory.resolve("backups"),
                "logging.level.dev.dovetail=off")) {
            CompletableFuture<Void> slow =
                    OwnThread.run(() -> other.bean(Backups.class).backup(progress -> {
                        begun.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            begun.await();
            try (TestApplication application =
                    start(database, "backups", "2s", "dovetail.monitoring.rules.backup-failures.threshold=1")) {
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> !issues(application).contains("scheduled backups failed"));
                goOn.countDown();
                slow.join();
                await().atMost(Duration.ofSeconds(30)).until(() -> made(application) > 1);
            }
        } finally {
            goOn.countDown();
        }
    }

    private static String issues(TestApplication application) {
        return String.valueOf(application
                .bean(DatabaseHealthIndicator.class)
                .health()
                .getDetails()
                .get("issues"));
    }

    @Test
    void aFailingDirectoryIsToldByHealth() throws IOException {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        defineOwnTables(database);
        Files.writeString(directory.resolve("backups"), "a file where the directory should be");
        try (TestApplication application = start(database, "backups", "1s")) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(application.bean(Backups.class).status().lastFailure())
                        .isNotBlank();
                assertThat(application
                                .bean(DatabaseHealthIndicator.class)
                                .health()
                                .getDetails()
                                .get("issues"))
                        .asString()
                        .contains("older than it should be");
            });
            assertThat(List.of(directory.toFile().list())).contains("backups");
        }
    }
}
