package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the newest backup, and how often its directory is read for that. */
class BackupMetricsTests {

    @TempDir
    private Path directory;

    @Test
    void theDirectoryIsNotReadAtEachScrapeButWhenABackupWasMade() throws IOException {
        try (TestApplication application =
                TestApplication.on(TestEngine.SQLITE, "dovetail.backup.directory=" + directory)) {
            BackupReport made = application.database().backup();
            BackupMetrics metrics = new BackupMetrics();
            MeterRegistry registry = new SimpleMeterRegistry();
            metrics.newest(application.bean(Backups.class)).bindTo(registry);
            assertThat(size(registry)).isEqualTo((double) made.size());

            Files.delete(made.path());
            assertThat(size(registry)).isEqualTo((double) made.size());
            metrics.onBackup(made);
            assertThat(size(registry)).isNaN();
        }
    }

    private static double size(MeterRegistry registry) {
        return registry.get("dovetail.backup.size").gauge().value();
    }
}
