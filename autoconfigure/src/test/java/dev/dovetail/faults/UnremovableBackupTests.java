package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that nobody may remove, as where a storage keeps what was written. */
class UnremovableBackupTests {

    @TempDir
    Path directory;

    @Test
    void anOldOneThatStaysIsNoFailureOfTheNewOne() {
        try (TestApplication application = TestApplication.on(
                TestEngine.SQLITE,
                "dovetail.backup.directory=" + directory,
                "dovetail.backup.keep-last=1",
                "logging.level.dev.dovetail=off")) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            Backups backups = application.bean(Backups.class);
            BackupReport fixed = backups.backup();
            String file = fixed.path().toString();
            String refusal = Commands.refusal("mount", "--bind", file, file);
            Assumptions.assumeTrue(refusal == null, "no file can be made one that stays: " + refusal);
            try {
                backups.backup();
                BackupReport newest = backups.backup();

                assertThat(backups.list())
                        .extracting(BackupReport::name)
                        .as("the one between them is gone")
                        .containsExactly(newest.name(), fixed.name());
                assertThat(backups.status().lastFailure()).isNull();
            } finally {
                Commands.run("umount", file);
            }
            BackupReport last = backups.backup();
            assertThat(backups.list()).extracting(BackupReport::name).containsExactly(last.name());
        }
    }
}
