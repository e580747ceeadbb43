package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and tables that are out of the ordinary, and a copy that is given up in its midst. */
class SqliteOddBackupTests {

    @TempDir
    private Path directory;

    private TestApplication application;

    @BeforeEach
    void start() {
        application = TestApplication.with(
                Map.of("dovetail.sqlite.path", directory.resolve("a b ü#%41.db").toString()),
                "dovetail.backup.directory=" + directory.resolve("back ups ü#%41"),
                "logging.level.root=off");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void tablesOfAllKindsInAPathWithSignsComeBack() {
        application.define("""
                CREATE VIRTUAL TABLE found USING fts5(body); INSERT INTO found VALUES ('hello world');
                CREATE VIRTUAL TABLE place USING rtree(id, x0, x1); INSERT INTO place VALUES (1, 0, 1);
                CREATE TABLE plain (a text PRIMARY KEY, b) WITHOUT ROWID;
                CREATE TABLE derived (a text COLLATE NOCASE CHECK (length(a) < 10), b AS (a || 'x') STORED);
                CREATE INDEX idx_derived ON derived (lower(a)) WHERE a IS NOT NULL; INSERT INTO derived VALUES ('A')""");
        BackupReport backup = application.database().backup();
        application.define("DELETE FROM found; DELETE FROM derived");

        assertThat(application.bean(Backups.class).verify(backup.name()).problem())
                .isNull();
        application.bean(Backups.class).restore(backup.name());

        assertThat(application
                        .template()
                        .queryForObject("SELECT count(*) FROM found WHERE found MATCH 'hello'", Integer.class))
                .isEqualTo(1);
        assertThat(application.template().queryForObject("SELECT b FROM derived", String.class))
                .isEqualTo("Ax");
    }

    /** What ends the copying is thrown through SQLite's own code. */
    @Test
    void aCopyThatIsCancelledInItsMidstLeavesTheDatabaseInUse() {
        application.template().execute("""
                CREATE TABLE big AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10000)
                SELECT n, randomblob(1000) AS b FROM c""");
        Backups backups = application.bean(Backups.class);

        assertThatThrownBy(() -> backups.backup(progress -> {
                    if (progress.step().equals("copying") && progress.done() > 0) {
                        assertThat(backups.cancel()).isTrue();
                    }
                }))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cancelled");

        application.template().update("DELETE FROM big WHERE n > 5000");
        assertThat(backups.backup().rows()).containsEntry("big", 5_000L);
    }
}
