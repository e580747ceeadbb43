package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.backup.BackupException;
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
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** Files take each other's places: together with their logs, as a whole or not at all, and also where the one in place is damaged. */
class SqliteRestoreTests {

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
        application.template().update("DELETE FROM item WHERE id > 10");
    }

    private TestApplication open() {
        return TestApplication.with(
                Map.of("dovetail.sqlite.path", file.toString()),
                "dovetail.backup.directory=" + directory.resolve("backups"),
                "logging.level.root=off");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Integer rows() {
        return Objects.requireNonNull(
                application.template().queryForObject("SELECT count(*) FROM item", Integer.class));
    }

    private Path part(String suffix) {
        return file.resolveSibling("app.db" + suffix);
    }

    private Backups offline() {
        EngineConnections connections = engine.connect(new ConnectionTarget("jdbc:sqlite:" + file, null, null, "app"));
        BackupSettings settings = new BackupSettings(
                "app", directory.resolve("backups"), 7, 30, false, false, null, Duration.ofSeconds(1));
        return Backups.of(settings, "sqlite", connections, null, null, Clock.systemUTC(), List::of, List::of);
    }

    private void corrupt() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Files.write(file, bytes);
    }

    @Test
    void aDamagedFileIsReplacedFromOutsideAndKept() throws IOException {
        application.close();
        corrupt();

        RestoreReport restored = offline().restore(backup.name());

        assertThat(restored.safetyBackup()).isNull();
        assertThat(restored.replaced()).isNotNull().isDirectoryContaining("glob:**/app.db");
        application = open();
        assertThat(rows()).isEqualTo(50);
    }

    @Test
    void aDamagedFileIsReplacedInTheRunningApplication() throws IOException {
        application.template().queryForList("PRAGMA wal_checkpoint(TRUNCATE)");
        Path damaged = directory.resolve("damaged");
        Files.copy(file, damaged);
        byte[] bytes = Files.readAllBytes(damaged);
        Arrays.fill(bytes, 100, bytes.length, (byte) 7);
        // By another process: ours must not open the file.
        Files.write(damaged, bytes);
        Process overwriting = new ProcessBuilder("cp", damaged.toString(), file.toString()).start();
        assertThat(overwriting.onExit().join().exitValue()).isZero();
        application.dataSource().reconnect();
        assertThatThrownBy(this::rows).isNotNull();

        RestoreReport restored = application.bean(Backups.class).restore(backup.name());

        assertThat(rows()).isEqualTo(50);
        assertThat(application.bean(DatabaseHealthIndicator.class).health().getStatus())
                .as("with what is in place now")
                .isEqualTo(Status.UP);
        assertThat(restored.safetyBackup()).isNull();
        assertThat(Files.readAllBytes(
                        Objects.requireNonNull(restored.replaced()).resolve("app.db")))
                .as("what was damaged")
                .isEqualTo(bytes);
    }

    @Test
    void aStaleLogBesideTheFileDoesNoHarm() throws Exception {
        application.template().update("UPDATE item SET filler = 'stale'");
        Path kept = directory.resolve("kept");
        Files.copy(part("-wal"), kept);
        application.close();
        Files.copy(kept, part("-wal"));
        Files.write(part("-shm"), new byte[32_768]);

        offline().restore(backup.name());

        application = open();
        assertThat(application
                        .template()
                        .queryForObject("SELECT count(*) FROM item WHERE filler = 'stale'", Integer.class))
                .isZero();
        assertThat(rows()).isEqualTo(50);
    }

    @Test
    void anotherProcessThatHasItOpenKeepsItFromBeingReplaced() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            other.createStatement().executeQuery("SELECT count(*) FROM item").close();

            assertThatThrownBy(() -> application.bean(Backups.class).restore(backup.name()))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("Another process");
        }
        assertThat(rows()).isEqualTo(10);
        application.template().update("INSERT INTO item VALUES (100, 'goes on')");
        assertThat(application.bean(DatabaseHealthIndicator.class).health().getStatus())
                .isEqualTo(Status.UP);
        assertThat(directory.toFile().list()).noneMatch(name -> name.contains("restor") || name.contains("replaced"));
    }

    /** Whatever a crash leaves: before the new file was in place, the old one comes back, and after that the new one stays. */
    @Test
    void aStartEndsWhatACrashLeft() throws IOException {
        application.close();
        Path aside = Files.createDirectory(part(".replaced-x"));
        Files.writeString(part(".restoring"), "app.db.replaced-x", StandardCharsets.UTF_8);
        Files.copy(backup.path(), part(".restored"));
        Files.move(file, aside.resolve("app.db"));
        application = open();
        assertThat(rows()).as("the old one").isEqualTo(10);
        application.close();
        assertThat(directory.toFile().list()).noneMatch(name -> name.contains("restor") || name.contains("replaced"));

        Files.writeString(part(".restoring"), "", StandardCharsets.UTF_8);
        Files.copy(backup.path(), part(".restored"));
        application = open();
        assertThat(rows()).as("nothing was done yet").isEqualTo(10);
        application.close();

        Files.createDirectory(aside);
        Files.writeString(part(".restoring"), "app.db.replaced-x", StandardCharsets.UTF_8);
        Files.move(file, aside.resolve("app.db"));
        Files.copy(backup.path(), file, StandardCopyOption.REPLACE_EXISTING);
        application = open();
        assertThat(rows()).as("the new one").isEqualTo(50);
        assertThat(aside).isDirectoryContaining("glob:**/app.db");
        assertThat(part(".restoring")).doesNotExist();
    }

    @Test
    void aBackupOfAnotherEngineIsRefused() throws IOException {
        Path manifest = backup.path().resolveSibling(backup.name() + ".json");
        String text = Files.readString(manifest);
        assertThat(text).contains("\"engine\": \"sqlite\"");
        Backups other = Backups.of(
                application.bean(BackupSettings.class),
                "postgresql",
                application.bean(EngineConnections.class),
                null,
                null,
                Clock.systemUTC(),
                List::of,
                List::of);

        assertThatThrownBy(() -> other.restore(backup.name())).hasMessageContaining("of a sqlite database");
        assertThat(rows()).isEqualTo(10);
    }

    @Test
    void litestreamIsRecognised() throws SQLException, IOException {
        EngineConnections connections = application.bean(EngineConnections.class);
        assertThat(connections.isReplicatedByOthers()).isFalse();

        Path beside = Files.createDirectory(directory.resolve(".app.db-litestream"));
        assertThat(connections.isReplicatedByOthers()).isTrue();
        Files.delete(beside);

        application.template().execute("CREATE TABLE _litestream_seq (id integer PRIMARY KEY, seq integer)");
        assertThat(connections.isReplicatedByOthers()).isTrue();
        assertThat(application.database().backup().verified()).isTrue();
    }
}
