package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

/** What happens to SQLite's file while it is open. Other processes do it: ours must not open the file (§2.2). */
class LostFileTests {

    @TempDir
    Path directory;

    private Path file;
    private TestApplication application;

    @BeforeEach
    void start() {
        file = directory.resolve("app.db");
        application = TestApplication.with(
                Map.of("dovetail.sqlite.path", file.toString()),
                "dovetail.backup.directory=" + directory.resolve("backups"),
                "dovetail.backup.keep-last=1",
                "logging.level.root=off");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
        application.transaction().executeWithoutResult(status -> {
            for (int id = 1; id <= 2_000; id++) {
                application
                        .jdbc()
                        .sql("INSERT INTO item VALUES (:id, :filler)")
                        .param("id", id)
                        .param("filler", "x".repeat(1_000))
                        .update();
            }
        });
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void aDeletedFileIsNoticed() throws IOException {
        Files.delete(file);

        assertDownBecauseOfTheFile();
    }

    @Test
    void aReplacedFileIsNoticed() throws IOException {
        replace();

        assertDownBecauseOfTheFile();
    }

    private void replace() throws IOException {
        Path other = directory.resolve("other.db");
        try (TestApplication another = TestApplication.with(Map.of("dovetail.sqlite.path", other.toString()))) {
            another.template().execute("CREATE TABLE other (id integer)");
        }
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void ofADeletedFileNoBackupIsMadeAndAnOlderOneComesBack() throws IOException {
        BackupReport good = backups().backup();
        Files.delete(file);

        assertNoBackupIsMade(good);
        assertThat(file).as("an empty one in its place").doesNotExist();
        assertComesBack(good);
    }

    @Test
    void ofAReplacedFileNoBackupIsMadeAndAnOlderOneComesBack() throws IOException {
        BackupReport good = backups().backup();
        replace();

        assertNoBackupIsMade(good);
        assertComesBack(good);
    }

    @Test
    void ofAFileThatIsReplacedWhileItIsCopiedNoBackupIsMade() {
        BackupReport good = backups().backup();

        assertThatThrownBy(() -> backups().backup(progress -> {
                    if (progress.step().equals("copying") && progress.done() > 0 && Files.exists(file)) {
                        Commands.run("rm", file.toString());
                    }
                }))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("deleted or replaced");
        assertThat(backups().list()).extracting(BackupReport::name).containsExactly(good.name());
    }

    private Backups backups() {
        return application.bean(Backups.class);
    }

    private void assertNoBackupIsMade(BackupReport good) {
        assertThatThrownBy(() -> backups().backup())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("deleted or replaced");
        assertThat(backups().list()).extracting(BackupReport::name).containsExactly(good.name());
        assertThat(backups().status().lastFailure()).contains("deleted or replaced");
    }

    private void assertComesBack(BackupReport good) {
        backups().restore(good.name());

        assertThat(application.template().queryForObject("SELECT count(*) FROM item", Integer.class))
                .isEqualTo(2_000);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(backups().backup().rows()).containsEntry("item", 2_000L);
    }

    @Test
    void aTruncatedFileIsReportedAsDamaged() {
        checkpoint();
        Commands.run("truncate", "-s", "8192", file.toString());

        assertDamageIsReported();
    }

    @Test
    void anOverwrittenFileIsReportedAsDamaged() {
        checkpoint();
        Commands.run("dd", "if=/dev/urandom", "of=" + file, "bs=4096", "seek=1", "count=200", "conv=notrunc");

        assertDamageIsReported();
    }

    // Everything into the file, and nothing of it in memory any more.
    private void checkpoint() {
        application.template().queryForList("PRAGMA wal_checkpoint(TRUNCATE)");
        application.dataSource().reconnect();
    }

    private void assertDownBecauseOfTheFile() {
        Health health = health();
        assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("issues")).asString().contains(file.toString(), "deleted or replaced");
    }

    private void assertDamageIsReported() {
        assertThatThrownBy(() -> application
                        .jdbc()
                        .sql("SELECT sum(length(filler)) FROM item")
                        .query(Long.class)
                        .single())
                .isInstanceOf(DataAccessResourceFailureException.class)
                .satisfies(error -> assertThat(application.bean(Database.class).describe(error))
                        .map(DatabaseError::code)
                        .contains(ErrorCode.CORRUPT));
        Health health = health();
        assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("issues")).asString().contains("CORRUPT");
    }

    private Health health() {
        return application.bean(DatabaseHealthIndicator.class).health();
    }
}
