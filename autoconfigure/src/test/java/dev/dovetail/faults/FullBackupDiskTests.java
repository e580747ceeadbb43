package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.backup.BackupProgress;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no room for another backup, or there was when it began: those there are stay. */
class FullBackupDiskTests {

    @TempDir
    private Path directory;

    private Path disk;
    private TestApplication application;

    @BeforeEach
    void start() throws IOException {
        disk = Files.createDirectory(directory.resolve("disk"));
        String refusal = Commands.refusal("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString());
        Assumptions.assumeTrue(refusal == null, "no disk of 12 MB can be made: " + refusal);
        application = TestApplication.with(
                Map.of("dovetail.sqlite.path", directory.resolve("app.db").toString()),
                "dovetail.backup.directory=" + disk,
                "logging.level.dev.dovetail=off");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
        application.transaction().executeWithoutResult(status -> {
            for (int id = 1; id <= 4_000; id++) {
                application.template().update("INSERT INTO item VALUES (?, ?)", id, "x".repeat(1_000));
            }
        });
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
            Commands.run("umount", disk.toString());
        }
    }

    private Backups backups() {
        return application.bean(Backups.class);
    }

    @Test
    void whatCannotFitIsNotBegun() {
        BackupReport first = backups().backup();
        backups().backup();

        assertThatThrownBy(() -> backups().backup())
                .hasMessageContaining("MB are needed")
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        assertThat(backups().list()).hasSize(2).allMatch(BackupReport::verified);
        assertThat(backups().verify(first.name()).verified()).isTrue();
    }

    @Test
    void whatDoesNotFitAnyMoreLeavesTheOthers() {
        BackupReport first = backups().backup();

        assertThatThrownBy(() -> backups().backup(this::fill))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));

        assertThat(backups().list()).extracting(BackupReport::name).containsExactly(first.name());
        assertThat(backups().verify(first.name()).verified()).isTrue();
        assertThat(backups().status().lastFailure()).contains("no room");
        assertThat(disk.resolve("filler").toFile().delete()).isTrue();
        assertThat(backups().backup().verified()).as("with room again").isTrue();
    }

    private void fill(BackupProgress progress) {
        if (!progress.step().equals("copying") || Files.exists(disk.resolve("filler"))) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space")) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
