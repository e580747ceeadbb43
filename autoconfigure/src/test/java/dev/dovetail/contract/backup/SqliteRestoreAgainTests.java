package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.BackupSettings;
import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of one restore must not harm what comes after it: another one, a connection, whoever else reads the file. */
class SqliteRestoreAgainTests {

    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-20T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Path file;
    private TestApplication application;
    private BackupReport backup;
    private DatabaseEngine engine;

    @BeforeEach
    void start() {
        file = directory.resolve("app.db");
        application = open();
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, filler text)");
        for (int id = 1; id <= 50; id++) {
            application.template().update("INSERT INTO item VALUES (?, ?)", id, "x".repeat(2_000));
        }
        engine = application.bean(DatabaseEngine.class);
        backup = application.database().backup();
    }

    private TestApplication open() {
        return TestApplication.with(
                Map.of("dovetail.sqlite.path", file.toString()),
                "dovetail.backup.directory=" + directory.resolve("backups"),
                "spring.datasource.hikari.connection-timeout=2000",
                "logging.level.root=off");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private int rows() {
        return Objects.requireNonNull(
                application.template().queryForObject("SELECT count(*) FROM item", Integer.class));
    }

    private RestoreReport restoreOffline() {
        EngineConnections connections = engine.connect(new ConnectionTarget("jdbc:sqlite:" + file, null, null, "app"));
        BackupSettings settings = new BackupSettings(
                "app", directory.resolve("backups"), 7, 30, false, false, null, Duration.ofSeconds(1));
        return Backups.of(settings, "sqlite", connections, null, null, STOPPED, List::of, List::of)
                .restore(backup.name());
    }

    private void corrupt() throws IOException {
        byte[] bytes = new byte[(int) Files.size(file)];
        Arrays.fill(bytes, (byte) 7);
        Files.write(file, bytes);
    }

    @Test
    void whatAnEarlierRestoreMovedAsideAtTheSameMomentIsNotPutBack() throws IOException {
        application.close();
        corrupt();
        RestoreReport first = restoreOffline();
        assertThat(first.replaced()).isNotNull();

        RestoreReport second = restoreOffline();

        assertThat(second.safetyBackup()).isNotNull();
        assertThat(first.replaced()).isDirectoryContaining("glob:**/app.db");
        application = open();
        assertThat(rows()).isEqualTo(50);
    }

    @Test
    void whoMayReadTheFileIsAsBefore() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(file, "unix:uid", 1234);
        Files.setAttribute(file, "unix:gid", 2345);

        RestoreReport restored = application.bean(Backups.class).restore(backup.name());

        assertThat(restored.safetyBackup()).isNotNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1234);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(2345);
        assertThat(rows()).isEqualTo(50);
    }

    /** A new, empty file would be taken for the database at the next start, and what was moved aside be forgotten. */
    @Test
    void whereARestoreWasNotEndedNobodyMakesAnEmptyDatabase() throws IOException {
        application.close();
        application = open();
        Path aside = Files.createDirectory(file.resolveSibling("app.db.replaced-x"));
        Files.writeString(file.resolveSibling("app.db.restoring"), "app.db.replaced-x", StandardCharsets.UTF_8);
        application.template().queryForList("PRAGMA wal_checkpoint(TRUNCATE)");
        Files.move(file, aside.resolve("app.db"));
        application.dataSource().reconnect();

        assertThatThrownBy(this::rows).rootCause().hasMessageContaining("restore");
        assertThat(file).doesNotExist();

        application.close();
        for (String part : List.of("-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling("app.db" + part));
        }
        application = open();
        assertThat(rows()).as("put back by the next start").isEqualTo(50);
        assertThat(aside).doesNotExist();
    }
}
