package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.statistics.StatementFigures;
import dev.dovetail.monitoring.statistics.StatementInsight;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What health asks is no work of the application. */
class HealthStatementsTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void anIdleApplicationHasNoStatementsHoweverOftenItsHealthIsAsked(TestEngine engine) {
        MigratedApplication.on(engine.freshDatabase(), directory)
                .next("dovetail.monitoring.health-interval=1h", "dovetail.monitoring.explain-slow-queries=false")
                .run(HealthStatementsTests::askAndCount);
    }

    private static void askAndCount(AssertableApplicationContext context) {
        leaveFailures(context.getBean(JdbcTemplate.class));
        Database database = context.getBean(Database.class);
        StatementStatistics statistics = context.getBean(StatementStatistics.class);
        List<StatementFigures> executed = statistics.statements();
        List<StatementInsight> frequent = database.insights().mostFrequent();
        long total = database.statistics().queries().total();
        long measured = measured(context.getBean(MeterRegistry.class));
        assertThat(total).isPositive();
        assertThat(measured).isPositive();

        for (int i = 0; i < 5; i++) {
            assertThat(context.getBean(HealthMonitor.class).evaluate().findings())
                    .extracting(Finding::rule)
                    .contains("migrations", "optimizer");
            assertThat(context.getBean(DatabaseHealthIndicator.class).health()).isNotNull();
        }

        assertThat(statistics.statements()).isEqualTo(executed);
        assertThat(database.statistics().queries().total()).isEqualTo(total);
        assertThat(database.insights().mostFrequent()).isEqualTo(frequent);
        assertThat(measured(context.getBean(MeterRegistry.class))).isEqualTo(measured);
    }

    // So that the rules are seen to ask.
    private static void leaveFailures(JdbcTemplate jdbc) {
        jdbc.update("UPDATE flyway_schema_history SET success = FALSE");
        jdbc.update("""
                INSERT INTO dovetail_maintenance_run (instance, cause, state, started_at)
                VALUES ('another', 'REQUESTED', 'FAILED', 1)""");
        jdbc.update("""
                INSERT INTO dovetail_maintenance_step (run_id, position, step, outcome, message, duration, details)
                SELECT id, 0, 'broken', 'FAILED', '', 1, '' FROM dovetail_maintenance_run""");
    }

    private static long measured(MeterRegistry registry) {
        return registry.find("dovetail.statements").timers().stream()
                .filter(timer ->
                        List.of("writer", "reader").contains(timer.getId().getTag("role")))
                .mapToLong(Timer::count)
                .sum();
    }
}
