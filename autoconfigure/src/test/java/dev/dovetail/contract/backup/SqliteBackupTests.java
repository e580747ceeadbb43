package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup leaves behind for those who go on writing. */
class SqliteBackupTests {

    @TempDir
    private Path directory;

    private static void insert(TestApplication application, int rows) {
        application.template().update("""
                INSERT INTO item(filler) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT hex(zeroblob(1000)) FROM n""".formatted(rows));
    }

    private long log() throws IOException {
        return Files.size(directory.resolve("app.db-wal"));
    }

    @Test
    void whoWritesNextNeedNotCopyTheLogThatGrewMeanwhile() throws IOException {
        try (TestApplication application = TestApplication.with(
                Map.of("dovetail.sqlite.path", directory.resolve("app.db").toString()),
                "dovetail.backup.directory=" + directory.resolve("backups"))) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
            insert(application, 1_000);
            boolean[] written = new boolean[1];

            BackupReport backup = application.bean(Backups.class).backup(progress -> {
                if (progress.done() > 0 && !written[0]) {
                    written[0] = true;
                    insert(application, 1_000);
                }
            });

            assertThat(written[0]).isTrue();
            assertThat(backup.rows()).containsEntry("item", 1_000L);
            long before = log();
            insert(application, 10);
            assertThat(log()).as("the log begins anew").isEqualTo(before);
        }
    }
}
