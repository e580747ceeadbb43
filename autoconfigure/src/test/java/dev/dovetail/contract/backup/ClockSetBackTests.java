package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.BackupSchedule;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A machine that started with a wrong clock has made backups in what is the future since. */
class ClockSetBackTests {

    private static final Instant WRONG = Instant.parse("2031-01-01T00:00:00Z");
    private static final Instant RIGHT = Instant.parse("2026-11-20T02:00:00Z");

    @TempDir
    private Path directory;

    private TestApplication start(Map<String, String> database, String... more) {
        String[] properties = Arrays.copyOf(more, more.length + 2);
        properties[more.length] = "dovetail.backup.directory=" + directory;
        properties[more.length + 1] = "logging.level.dev.dovetail=off";
        return TestApplication.withBeans(database, Moved.class, properties);
    }

    @Test
    void theOneThatWasJustMadeStays() {
        try (TestApplication application = start(TestEngine.SQLITE.freshDatabase(), "dovetail.backup.keep-last=2")) {
            Backups backups = application.bean(Backups.class);
            application.bean(Moved.class).now = WRONG;
            BackupReport first = backups.backup();
            BackupReport second = backups.backup();
            application.bean(Moved.class).now = RIGHT;

            BackupReport made = backups.backup();
            application.bean(Moved.class).now = RIGHT.plusSeconds(1);
            BackupReport newest = backups.backup();

            assertThat(newest.path()).exists();
            assertThat(made.path()).exists();
            assertThat(first.path()).doesNotExist();
            assertThat(second.path()).doesNotExist();
            assertThat(backups.newest()).extracting(BackupReport::name).isEqualTo(newest.name());
        }
    }

    @Test
    void theNextOneIsDue() {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        try (TestApplication application = TestApplication.with(database, "logging.level.dev.dovetail=off")) {
            application.defineOwnTables();
        }
        try (TestApplication application = start(database, "dovetail.backup.enabled=true")) {
            Backups backups = application.bean(Backups.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> !backups.list().isEmpty());
            application.bean(Moved.class).now = RIGHT;

            assertThat(application.bean(BackupSchedule.class).next()).isBeforeOrEqualTo(RIGHT);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Moved {

        private volatile Instant now = WRONG;

        @Bean
        Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
        }
    }
}
