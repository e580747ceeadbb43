package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dovetail.actuator.BackupSection;
import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that has moved to the other engine, and keeps its backups where they were. */
class MovedApplicationTests {

    @TempDir
    private Path directory;

    private TestApplication start(Map<String, String> database, String... more) {
        String[] properties = new String[more.length + 3];
        properties[0] = "dovetail.backup.directory=" + directory;
        properties[1] = "dovetail.backup.keep-last=1";
        properties[2] = "logging.level.dev.dovetail=off";
        System.arraycopy(more, 0, properties, 3, more.length);
        return TestApplication.with(database, properties);
    }

    private static String name(TestEngine engine) {
        return engine.name().toLowerCase(Locale.ROOT);
    }

    private static TestEngine other(TestEngine engine) {
        return engine == TestEngine.SQLITE ? TestEngine.POSTGRESQL : TestEngine.SQLITE;
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whatIsOfTheFormerEngineCountsForNothingAndStays(TestEngine engine) {
        String regular;
        String migration;
        try (TestApplication former = start(DumpableDatabase.fresh(other(engine)))) {
            regular = former.bean(Backups.class).backup().name();
            migration = former.bean(Backups.class).backupBeforeMigration(7).name();
        }
        Map<String, String> database = DumpableDatabase.fresh(engine);
        try (TestApplication moved = start(database)) {
            moved.defineOwnTables();
            assertThat(moved.bean(Backups.class).newest()).isNull();
            assertThat(moved.bean(Backups.class).own()).isEmpty();
            assertThat(moved.bean(Backups.class).status().lastSuccess()).isNull();
        }
        try (TestApplication moved = start(database, "dovetail.backup.enabled=true")) {
            Backups backups = moved.bean(Backups.class);
            // Though the former engine's newest is younger than the interval.
            await().atMost(Duration.ofSeconds(30)).until(() -> backups.newest() != null);
            assertThat(backups.newest()).extracting(BackupReport::engine).isEqualTo(name(engine));

            String newest = backups.backup().name();
            String before = backups.backupBeforeMigration(7).name();
            assertThat(backups.list())
                    .extracting(BackupReport::name)
                    .containsExactlyInAnyOrder(regular, migration, newest, before);
        }
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whatIsOfTheFormerEngineIsVerifiedAndRefusedForARestore(TestEngine engine) {
        String old;
        try (TestApplication former = start(DumpableDatabase.fresh(other(engine)))) {
            old = former.bean(Backups.class).backup().name();
        }
        try (TestApplication moved = start(DumpableDatabase.fresh(engine))) {
            Backups backups = moved.bean(Backups.class);
            assertThat(backups.verify(old).problem()).isNull();
            assertThatThrownBy(() -> backups.restore(old))
                    .hasMessageContaining("is of a " + name(other(engine)))
                    .hasMessageContaining("configured for " + name(other(engine)))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_POSSIBLE));
            assertThat(new BackupSection(backups).show().toString()).contains("engine=" + name(other(engine)));
        }
    }
}
