package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.actuator.AlertSection;
import dev.dovetail.backup.BackupSettings;
import dev.dovetail.backup.Backups;
import dev.dovetail.monitoring.alert.AlertSink;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.alert.WebhookSink;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthRule;
import dev.dovetail.transaction.BackgroundWork;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rules and alerts: there, not there, and in place of each other. */
@ExtendWith(OutputCaptureExtension.class)
class HealthWiringTests {

    @TempDir
    private Path directory;

    @Test
    void whenNothingIsSaidThenThereAreRulesAndAlertsAndNoWebhook() {
        Wiring.sqlite(directory)
                .run(context -> assertThat(context)
                        .hasSingleBean(HealthMonitor.class)
                        .hasSingleBean(Alerts.class)
                        .hasSingleBean(AlertSection.class)
                        .hasSingleBean(AlertSink.class)
                        .doesNotHaveBean(WebhookSink.class)
                        .hasBean("healthRounds"));
    }

    @Test
    void whenMonitoringIsSwitchedOffThenThereAreNoAlertsAndNoRounds() {
        Wiring.sqlite(directory)
                .withPropertyValues("dovetail.monitoring.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(HealthMonitor.class)
                        .doesNotHaveBean(Alerts.class)
                        .doesNotHaveBean("healthRounds"));
    }

    @Test
    void whenOnlyAlertsAreSwitchedOffThenTheRulesStay() {
        Wiring.sqlite(directory)
                .withPropertyValues("dovetail.alerts.enabled=false")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(Alerts.class).hasBean("healthRounds");
                    assertThat(context.getBean("healthRounds", BackgroundWork.class)
                                    .isRunning())
                            .isTrue();
                });
    }

    @Test
    void anEmptyAddressIsNone() {
        Wiring.sqlite(directory)
                .withPropertyValues("dovetail.alerts.webhook.url=")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookSink.class));
    }

    @Test
    void theSecretIsNowhereInTheLog(CapturedOutput output) {
        Wiring.sqlite(directory)
                .withPropertyValues(
                        "logging.level.root=trace",
                        "dovetail.alerts.webhook.url=http://127.0.0.1:1/p4th",
                        "dovetail.alerts.webhook.secret=S3cret-of-alerts")
                .run(context -> {
                    assertThat(context.getBean(AlertProperties.class).toString())
                            .doesNotContain("S3cret-of-alerts", "p4th");
                    assertThat(context.getBean(WebhookSink.class).toString())
                            .doesNotContain("S3cret-of-alerts", "p4th");
                });
        assertThat(output).doesNotContain("S3cret-of-alerts");
    }

    @Test
    void everyRuleOfEitherDatabaseIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "health.md"));
        Wiring.sqlite(directory)
                .run(context -> assertThat(
                                context.getBean(HealthRules.class).thresholds().keySet())
                        .contains("page-limit", "deadlocks")
                        .allSatisfy(id -> assertThat(page).contains("`" + id + "`")));
    }

    @Test
    void aRuleOfTheApplicationTakesThePlaceOfOurs() {
        Wiring.sqlite(directory)
                .withBean(HealthRule.class, () -> new HealthRule() {
                    @Override
                    public String id() {
                        return "disk-space";
                    }

                    @Override
                    public List<Finding> evaluate(Evaluation evaluation) {
                        return List.of(evaluation.down("ours", "It is full", "Empty it"));
                    }
                })
                .run(context -> assertThat(
                                context.getBean(HealthMonitor.class).evaluate().findings())
                        .singleElement()
                        .extracting(Finding::rule, Finding::subject)
                        .containsExactly("disk-space", "ours"));
    }

    @Test
    void backupsThatCannotBeListedKeepNobodyFromLooking() throws IOException {
        FileSystem medium = FileSystems.newFileSystem(directory.resolve("medium.zip"), Map.of("create", "true"));
        BackupSettings settings = new BackupSettings(
                "app", medium.getPath("/backups"), 1, 0, false, false, null, BackupSettings.DEFAULT_GRACE);
        Wiring.sqlite(directory).withBean(BackupSettings.class, () -> settings).run(context -> {
            medium.close();
            assertThatThrownBy(() -> context.getBean(Backups.class).status())
                    .isInstanceOf(ClosedFileSystemException.class);
            HealthMonitor monitor = context.getBean(HealthMonitor.class);
            monitor.run(() -> true);
            monitor.run(() -> true);

            assertThat(monitor.last()).isPresent();
            assertThat(monitor.report()).isNotNull();
        });
    }

    @Test
    void whatFlywayHasAsFailedIsFound() throws IOException {
        Files.writeString(directory.resolve("V1__users.sql"), "CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT;");
        Wiring.sqlite(directory)
                .withPropertyValues("spring.flyway.locations=filesystem:" + directory)
                .run(context -> {
                    HealthMonitor monitor = context.getBean(HealthMonitor.class);
                    assertThat(monitor.evaluate().findings()).isEmpty();
                    assertThat(context.getBean(JdbcTemplate.class)
                                    .update("UPDATE flyway_schema_history SET success = 0"))
                            .isEqualTo(1);

                    assertThat(monitor.evaluate().findings())
                            .singleElement()
                            .extracting(Finding::rule, Finding::subject)
                            .containsExactly("migrations", "V1__users.sql");
                });
    }
}
