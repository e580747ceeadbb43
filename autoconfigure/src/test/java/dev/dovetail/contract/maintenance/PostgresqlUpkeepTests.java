package dev.dovetail.contract.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import dev.dovetail.maintenance.StepResult;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is done with a PostgreSQL database, and what is left to the server (F139, F140, F141, F146). */
class PostgresqlUpkeepTests {

    private static TestApplication start(String... properties) {
        return TestApplication.on(TestEngine.POSTGRESQL, properties);
    }

    // The server's own vacuum is to stay out of these tests.
    private static void table(TestApplication application, String name, int rows) {
        application
                .template()
                .execute("CREATE TABLE " + name
                        + " (id integer PRIMARY KEY, name text) WITH (autovacuum_enabled = false)");
        application.template().update("INSERT INTO " + name + " SELECT i, 'x' FROM generate_series(1, " + rows + ") i");
        awaitCount(application, name, "n_live_tup", rows);
    }

    // What a session has changed is told to the server's statistics a while later.
    private static void awaitCount(TestApplication application, String table, String column, long atLeast) {
        Awaitility.await(column + " of " + table).atMost(Duration.ofSeconds(30)).until(() -> {
            application.template().execute("SELECT pg_stat_force_next_flush()");
            Long count = application
                    .template()
                    .queryForObject(
                            "SELECT coalesce(sum(" + column + "), 0) FROM pg_stat_user_tables WHERE relname = ?",
                            Long.class,
                            table);
            return count != null && count >= atLeast;
        });
    }

    private static boolean hasStatistics(TestApplication application, String table) {
        return Boolean.TRUE.equals(application
                .template()
                .queryForObject("SELECT count(*) > 0 FROM pg_stats WHERE tablename = ?", Boolean.class, table));
    }

    @Test
    void aTableIsAnalyzedWhenItNeverWasAndAfterBulkChangesAndNotOtherwise() {
        try (TestApplication application = start()) {
            table(application, "item", 3000);
            StepResult first = application.database().optimize().step("statistics");
            assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.DONE);
            assertThat(hasStatistics(application, "item")).isTrue();

            StepResult second = application.database().optimize().step("statistics");
            assertThat(second.outcome()).as(second.message()).isEqualTo(Outcome.NOT_NEEDED);
            assertThat(second.details())
                    .containsEntry("staleShareThreshold", 0.1)
                    .containsEntry("staleRowsThreshold", 1000L)
                    .containsEntry("staleTables", 0);

            application.template().update("UPDATE item SET name = 'y' WHERE id <= 1500");
            awaitCount(application, "item", "n_mod_since_analyze", 1500);
            StepResult plan = application
                    .database()
                    .optimize(OptimizationOptions.defaults().asDryRun())
                    .step("statistics");
            assertThat(plan.outcome()).isEqualTo(Outcome.PLANNED);
            assertThat(plan.details()).containsKey("public.item");
            assertThat(application.database().optimize().step("statistics").outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void aPartitionedTableIsAnalyzedAsAWholeWhichTheServerNeverDoes() {
        try (TestApplication application = start()) {
            application.template().execute("CREATE TABLE event (id integer, kind text) PARTITION BY RANGE (id)");
            application.template().execute("""
                    CREATE TABLE event_a PARTITION OF event FOR VALUES FROM (0) TO (5000)
                        WITH (autovacuum_enabled = false)""");
            application.template().update("INSERT INTO event SELECT i, 'x' FROM generate_series(1, 3000) i");
            awaitCount(application, "event_a", "n_live_tup", 3000);

            assertThat(application.database().optimize().step("statistics").outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(hasStatistics(application, "event")).isTrue();
            StepResult again = application.database().optimize().step("statistics");
            assertThat(again.outcome()).as(again.message()).isEqualTo(Outcome.NOT_NEEDED);
        }
    }

    @Test
    void deadRowsAreRemovedWhereTheServerDoesNotCome() {
        try (TestApplication application = start("dovetail.optimizer.dead-rows=100")) {
            table(application, "item", 3000);
            table(application, "quiet", 3000);
            application.template().update("DELETE FROM item WHERE id <= 1500");
            awaitCount(application, "item", "n_dead_tup", 1500);

            StepResult step = application.database().optimize().step("vacuum");

            assertThat(step.outcome()).as(step.message()).isEqualTo(Outcome.DONE);
            assertThat(step.details()).containsEntry("done", List.of("public.item"));
            assertThat(application
                            .template()
                            .queryForObject(
                                    "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'item'", Long.class))
                    .isZero();
            assertThat(application.database().optimize().step("vacuum").outcome())
                    .isEqualTo(Outcome.NOT_NEEDED);
        }
    }

    @Test
    void whoseTablesTheyAreNotIsToldWhatToDo() {
        try (TestApplication owner = start()) {
            table(owner, "item", 3000);
            owner.template().update("DELETE FROM item WHERE id <= 1500");
            awaitCount(owner, "item", "n_dead_tup", 1500);
            TestDatabase other = PostgresServer.shared().newDatabase();
            Map<String, String> guest = new LinkedHashMap<>(owner.databaseProperties());
            guest.put("spring.datasource.username", other.username());
            guest.put("spring.datasource.password", other.password());
            try (TestApplication application = TestApplication.with(guest, "dovetail.optimizer.dead-rows=100")) {
                OptimizationReport report = application.database().optimize();
                for (String step : List.of("statistics", "vacuum")) {
                    assertThat(report.step(step).outcome()).isEqualTo(Outcome.SKIPPED);
                    assertThat(report.step(step).message()).contains("public.item", "GRANT MAINTAIN");
                }
                assertThat(report.success()).isTrue();
            }
        }
    }

    @Test
    void aTableThatIsLockedFailsAndTheOthersAreDoneAllTheSame() throws Exception {
        try (TestApplication application = start("dovetail.optimizer.lock-timeout=200ms")) {
            table(application, "alpha", 3000);
            table(application, "omega", 3000);
            try (Connection foreign = application.foreignConnection();
                    Statement statement = foreign.createStatement()) {
                foreign.setAutoCommit(false);
                statement.execute("LOCK TABLE alpha IN ACCESS EXCLUSIVE MODE");
                OptimizationReport report = application.database().optimize();
                foreign.rollback();

                StepResult step = report.step("statistics");
                assertThat(report.success()).isFalse();
                assertThat(step.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(step.message()).contains("public.alpha", "55P03");
                assertThat(step.details()).containsEntry("done", List.of("public.omega"));
            }
        }
    }

    @Test
    void invalidIndexesAreNamedAndRebuiltWhenAsked() {
        try (TestApplication application = start()) {
            table(application, "item", 100);
            assertThat(catchThrowable(() -> application
                            .template()
                            .execute("CREATE UNIQUE INDEX CONCURRENTLY item_name ON item (name)")))
                    .isNotNull();
            StepResult named = application.database().optimize().step("reindex");
            assertThat(named.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(named.message()).contains("public.item_name", "reindex");

            application.template().update("UPDATE item SET name = id::text");
            StepResult rebuilt = application
                    .database()
                    .optimize(OptimizationOptions.defaults().withReindex())
                    .step("reindex");
            assertThat(rebuilt.outcome()).as(rebuilt.message()).isEqualTo(Outcome.DONE);
            assertThat(application.database().optimize().step("reindex").outcome())
                    .isEqualTo(Outcome.NOT_NEEDED);
        }
    }
}
