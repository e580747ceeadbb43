package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;

/** What health says of backups, and how often it reads their directory for that. */
class BackupHealthTests {

    @TempDir
    private Path directory;

    private final AtomicLong now = new AtomicLong();
    private final List<String> issues = new ArrayList<>();

    private Map<?, ?> shown(BackupHealth health) {
        Health.Builder builder = Health.up();
        assertThat(health.add(builder, issues)).isFalse();
        return (Map<?, ?>) Objects.requireNonNull(builder.build().getDetails().get("backups"));
    }

    @Test
    void theDirectoryIsReadOnceAMinute() throws IOException {
        try (TestApplication application =
                TestApplication.on(TestEngine.SQLITE, "dovetail.backup.directory=" + directory)) {
            BackupReport made = application.database().backup();
            BackupHealth health = new BackupHealth(application.bean(Backups.class), now::get);
            assertThat((Object) shown(health).get("lastSuccess")).isEqualTo(made.createdAt());

            Files.delete(made.path());
            now.set(TimeUnit.SECONDS.toNanos(59));
            assertThat((Object) shown(health).get("lastSuccess")).isEqualTo(made.createdAt());
            now.set(TimeUnit.SECONDS.toNanos(60));
            assertThat((Object) shown(health).get("lastSuccess")).isNull();
            assertThat(issues).isEmpty();
        }
    }
}
