package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.maintenance.MaintenanceHistory;
import dev.dovetail.monitoring.statistics.StatementFigures;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.transaction.Backlog;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Dovetail does beside the application is none of the application's statements. */
@EngineContract
class BesideTheApplicationTests {

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories
    static class Work {

        @Bean
        OutboxHandler handler(JdbcClient jdbc) {
            return message -> jdbc.sql("SELECT count(*) AS handled FROM event")
                    .query(Long.class)
                    .single();
        }

        @Bean
        Saga<String> saga(SagaRunner runner) {
            return runner.saga("nothing");
        }
    }

    private final Map<String, String> database;

    BesideTheApplicationTests(TestEngine engine) {
        this.database = engine.freshDatabase();
        try (TestApplication before = TestApplication.with(database)) {
            before.define("CREATE TABLE event (id ${bigint} PRIMARY KEY, at ${bigint})");
            before.defineOwnTables();
        }
    }

    private static List<String> texts(TestApplication application) {
        return application.bean(StatementStatistics.class).statements().stream()
                .map(StatementFigures::text)
                .toList();
    }

    @Test
    void ofTheOutboxAndOfSagasOnlyWhatTheApplicationDoesIsCounted() {
        try (TestApplication application = TestApplication.with(
                database, Work.class, "dovetail.outbox.poll-interval=20ms", "dovetail.saga.recovery-interval=20ms")) {
            application
                    .transaction()
                    .executeWithoutResult(
                            status -> application.bean(Outbox.class).send("orders", "one"));

            List<String> executed = new ArrayList<>();
            Awaitility.await().untilAsserted(() -> {
                application.statements().forEach(each -> executed.add(each.sql()));
                for (String word : List.of(
                        "DELETE FROM dovetail_outbox",
                        "dovetail_lease SET expires_at = 0",
                        "UPDATE dovetail_saga",
                        "SELECT DISTINCT name FROM dovetail_saga",
                        "DELETE FROM dovetail_saga")) {
                    assertThat(executed).anyMatch(each -> each.contains(word));
                }
            });
            assertThat(texts(application))
                    .anyMatch(each -> each.contains("handled"))
                    .filteredOn(each -> each.contains("dovetail_"))
                    .hasSize(1)
                    .allMatch(each -> each.startsWith("INSERT INTO dovetail_outbox"));
        }
    }

    @Test
    void theOptimizerItsRetentionAndItsHistoryAreNotCounted() {
        try (TestApplication application = TestApplication.with(
                database,
                "dovetail.optimizer.retention.event.column=at",
                "dovetail.optimizer.retention.event.unit=millis",
                "dovetail.optimizer.retention.event.max-age=1h")) {
            application.jdbc().sql("INSERT INTO event VALUES (1, 1)").update();
            List<String> before = texts(application);

            assertThat(application.database().optimize().step("retention").message())
                    .isEqualTo("1 row(s) were deleted");
            assertThat(application.bean(MaintenanceHistory.class).statistics().runs())
                    .isEqualTo(1);

            assertThat(texts(application)).isEqualTo(before);
        }
    }

    @Test
    void whatMetersAskIsNotCounted() {
        try (TestApplication application = TestApplication.with(database, Work.class)) {
            List<String> before = texts(application);
            assertThat(application.bean(Backlog.class).waitingMessages()).isZero();
            assertThat(application.bean(Backlog.class).openSagas()).isZero();
            assertThat(texts(application)).isEqualTo(before);
        }
    }
}
