package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.actuator.BackupSection;
import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What may be asked for over HTTP, and what may not (F216). */
class BackupEndpointTests {

    @TempDir
    private Path directory;

    private TestApplication application;
    private DovetailEndpoint endpoint;

    @BeforeEach
    void start() {
        application = TestApplication.on(
                TestEngine.SQLITE, "dovetail.backup.directory=" + directory, "logging.level.dev.dovetail=off");
        BackupSection section = new BackupSection(application.bean(Backups.class));
        endpoint = new DovetailEndpoint(application.database(), null, null, List.of(section), true);
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void aBackupIsMadeVerifiedListedAndRestored() {
        BackupReport made = (BackupReport) done("backup", null);
        application.template().execute("INSERT INTO item VALUES (1)");

        assertThat(done("verify", made.name())).isInstanceOf(BackupReport.class);
        assertThat(done("restore", made.name())).isInstanceOf(RestoreReport.class);

        assertThat(application.template().queryForObject("SELECT count(*) FROM item", Integer.class))
                .isZero();
        assertThat(endpoint.section("backups")).asString().contains(made.name(), "verified=true", "lastRestore");
        assertThat(endpoint.everything()).containsKey("backups");
    }

    private Object done(String action, @Nullable String name) {
        return endpoint.act(action, name, null, null, null);
    }

    @Test
    void noPathAndNothingUnknownIsAccepted() {
        for (String name : List.of("../../etc/x", "/etc/passwd", "backup.db")) {
            assertThatThrownBy(() -> done("restore", name))
                    .as("answered with 400")
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("not the name of a backup");
        }
        assertThatThrownBy(() -> done("restore", null)).isInstanceOf(InvalidEndpointRequestException.class);
        assertThat(((WebEndpointResponse<?>) done("verify", "app-20260101T000000000Z.db")).getStatus())
                .isEqualTo(404);
        assertThatThrownBy(() -> done("no-such-action", null))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContaining("there is [backup, restore, verify]");
    }

    @Test
    void whatIsRunningIsShownWithPercentAndTheTimeThatIsLeft() {
        application.template().execute("""
                CREATE TABLE big AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000)
                SELECT n, randomblob(1000) AS b FROM c""");
        List<String> shown = new ArrayList<>();

        application.bean(Backups.class).backup(progress -> {
            if (progress.done() > 0) {
                shown.add(String.valueOf(endpoint.section("backups")));
            }
        });

        assertThat(shown).asString().contains("step=copying", "percent=50", "percent=100", "remaining=PT0S");
        assertThat(endpoint.section("backups")).asString().doesNotContain("running=");
    }

    @Test
    void aSecondOneIsAConflict() {
        Object[] second = new Object[1];
        application.bean(Backups.class).backup(progress -> second[0] = done("backup", null));

        assertThat(second[0]).isInstanceOfSatisfying(WebEndpointResponse.class, response -> {
            assertThat(response.getStatus()).isEqualTo(409);
            assertThat(response.getBody()).isInstanceOf(Map.class).asString().contains("ALREADY_RUNNING");
        });
    }
}
