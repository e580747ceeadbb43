package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Migrations before which no backup is made: it is not needed, not wanted, or not possible. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class NoBackupBeforeMigrationTests {

    private static final String WITHOUT = "is migrated without a backup before";

    @TempDir
    private Path directory;

    private MigratedApplication pending(TestEngine engine) {
        return pending(MigratedApplication.on(engine, directory));
    }

    private static MigratedApplication pending(MigratedApplication application) {
        application.start();
        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");
        return application;
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whereThereIsNoPlaceForItItIsSaidOnce(TestEngine engine, CapturedOutput output) throws IOException {
        MigratedApplication application = pending(engine);
        Path file = Files.createFile(directory.resolve("file"));

        application.start("dovetail.backup.directory=" + file.resolve("backups"));

        assertThat(output.toString().split(WITHOUT, -1)).as("one warning").hasSize(2);
        assertThat(output).contains(file.toString(), "dovetail.backup.directory");
        assertThat(application.names()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whoeverInsistsIsNotMigratedWithoutAPlaceForIt(TestEngine engine) throws IOException {
        MigratedApplication application = pending(engine);
        Path file = Files.createFile(directory.resolve("file"));

        FailureAnalysis analysis = application.fail(
                "dovetail.migration.backup-before=true", "dovetail.backup.directory=" + file.resolve("backups"));

        assertThat(analysis.getDescription())
                .contains("Nothing was migrated", file.toString())
                .doesNotContain("null");
        assertThat(analysis.getAction())
                .contains("dovetail.backup.directory", "dovetail.migration.backup-before=false");
        assertThat(application.applied()).containsExactly("1");
        assertThat(application.names()).containsExactly("first");
        application.start();
        assertThat(application.names()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void notIfItIsNotWanted(TestEngine engine) {
        MigratedApplication application = pending(engine);

        application.start("dovetail.migration.backup-before=false");

        assertThat(application.backups()).isEmpty();
        assertThat(application.names()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void notForTheLayersOwnTables(TestEngine engine) {
        MigratedApplication application = MigratedApplication.on(engine, directory);
        application.start();
        application.execute(
                "DROP TABLE dovetail_maintenance_step",
                "DROP TABLE dovetail_maintenance_run",
                "DELETE FROM dovetail_schema_history WHERE version = '3'");

        application.start();

        application.execute("DELETE FROM dovetail_maintenance_step");
        assertThat(application.backups()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void notIfTheLayersOwnTablesAreTheOnlyOnes(TestEngine engine) {
        MigratedApplication application = MigratedApplication.on(engine, directory);
        application.scripts().without("V1__item.sql").with("V0__nothing.sql", "SELECT 1;");
        application.start();
        application.scripts().with("V1__item.sql", "CREATE TABLE item (id ${bigint}, name ${text});");

        application.start();

        assertThat(application.applied()).containsExactly("0", "1");
        assertThat(application.backups()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void notIfEverythingIsBelowTheBaselineOrRefused(TestEngine engine) {
        MigratedApplication application = MigratedApplication.on(engine, directory);
        application.execute(
                "CREATE TABLE item (id integer, name varchar(100))", "INSERT INTO item VALUES (1, 'before')");
        assertThat(application.fail().getDescription()).contains("no history");
        assertThat(application.backups()).as("of what is refused").isEmpty();

        String[] baseline = {"spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=1"};
        application.start(baseline);
        assertThat(application.backups()).as("of what only gets a baseline").isEmpty();

        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");
        application.start(baseline);
        assertThat(application.backups()).hasSize(1);
        assertThat(application.names()).containsExactly("before", "second");
    }

    @Test
    void onlyWhatMayComeLateIsPending() {
        MigratedApplication application = MigratedApplication.on(TestEngine.SQLITE, directory);
        application.scripts().with("V3__third.sql", "INSERT INTO item VALUES (3, 'third');");
        application.start();
        application.scripts().with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');");

        assertThat(application.fail().getDescription()).contains("2");
        assertThat(application.backups()).isEmpty();

        application.start("spring.flyway.out-of-order=true");
        assertThat(application.backups()).hasSize(1);
        assertThat(application.applied()).containsExactly("1", "3", "2");
    }

    @ParameterizedTest
    @CsvSource({":memory:, 0", "app.db, 1"})
    void notOfWhatEndsWithTheApplication(String path, int backups) {
        MigratedApplication application = MigratedApplication.on(
                Map.of(
                        "dovetail.sqlite.path",
                        path.startsWith(":") ? path : directory.resolve(path).toString()),
                directory);

        application.start(
                "dovetail.migration.backup-before=true",
                "spring.flyway.init-sqls=CREATE TABLE IF NOT EXISTS early (id integer)",
                "spring.flyway.baseline-on-migrate=true",
                "spring.flyway.baseline-version=0");

        assertThat(application.backups()).hasSize(backups);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereThereIsNoFittingProgramItIsSaidOnce(boolean older, CapturedOutput output) throws IOException {
        MigratedApplication application =
                pending(MigratedApplication.on(TestEngine.POSTGRESQL.freshDatabase(), directory));

        application.start("dovetail.backup.pg-dump=" + (older ? olderProgram() : "/nowhere/pg_dump"));

        assertThat(output.toString().split(WITHOUT, -1)).as("one warning").hasSize(2);
        assertThat(output).contains("pg_dump", "dovetail.backup.pg-dump", "dovetail.migration.backup-before=false");
        assertThat(application.names()).containsExactly("first", "second");
        assertThat(application.backupDirectory()).doesNotExist();
    }

    private Path olderProgram() throws IOException {
        for (String name : List.of("pg_dump", "pg_restore")) {
            Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return directory.resolve("pg_dump");
    }

    @Test
    void whoeverInsistsIsNotMigratedWithoutAProgram() {
        MigratedApplication application =
                pending(MigratedApplication.on(TestEngine.POSTGRESQL.freshDatabase(), directory));

        FailureAnalysis analysis =
                application.fail("dovetail.migration.backup-before=true", "dovetail.backup.pg-dump=/nowhere/pg_dump");

        assertThat(analysis.getDescription()).contains("Nothing was migrated", "/nowhere/pg_dump", "postgresql-client");
        assertThat(analysis.getAction()).contains("dovetail.migration.backup-before=false");
        assertThat(application.applied()).containsExactly("1");
    }

    @Test
    void rowsThatTheRoleMayNotReadCannotBeCopied(CapturedOutput output) {
        MigratedApplication application = pending(TestEngine.POSTGRESQL);
        application.execute(
                "CREATE TABLE theirs (id integer)",
                "ALTER TABLE theirs ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE theirs FORCE ROW LEVEL SECURITY");

        assertThat(application.fail("dovetail.migration.backup-before=true").getDescription())
                .contains("public.theirs", "BYPASSRLS");
        assertThat(application.applied()).containsExactly("1");
        application.start();
        assertThat(output.toString().split(WITHOUT, -1)).hasSize(2);
        assertThat(application.names()).containsExactly("first", "second");
    }

    @Test
    void anotherBackupThatIsBeingMadeIsWaitedFor() {
        MigratedApplication application = pending(TestEngine.SQLITE);
        CountDownLatch copying = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> other = OwnThread.run(() -> application.offline(backups -> backups.backup(progress -> {
            copying.countDown();
            await(over);
        })));
        await(copying);

        assertThat(application.fail("spring.flyway.lock-retry-count=0").getDescription())
                .contains("already running", "Nothing was migrated");
        CompletableFuture<Void> start = OwnThread.run(() -> application.start());
        over.countDown();
        start.join();
        other.join();

        assertThat(application.backups()).hasSize(2);
        assertThat(application.names()).containsExactly("first", "second");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Three regular ones are kept, beside the one before the first attempt and the one before the last. */
    @Test
    void startingAgainAndAgainPushesNothingOut() {
        MigratedApplication application = MigratedApplication.on(TestEngine.SQLITE, directory);
        application.start();
        String three = "dovetail.backup.keep-last=3";
        List<String> regular = IntStream.range(0, 3)
                .mapToObj(i -> application.offline(Backups::backup).name())
                .toList();
        application
                .scripts()
                .with("V2__second.sql", "INSERT INTO item VALUES (2, 'second');")
                .with("V3__broken.sql", "THIS IS NOT SQL;");

        assertThat(application.fail(three).getAction()).contains("restore");
        String first = application.backups().get(0).name();
        for (int i = 0; i < 5; i++) {
            assertThat(application.fail(three).getAction()).contains("restore");
        }

        List<String> names =
                application.backups().stream().map(BackupReport::name).toList();
        assertThat(names).hasSize(5).contains(first).containsAll(regular);
        assertThat(application.backups()).allMatch(BackupReport::verified);
    }
}
