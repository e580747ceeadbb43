package dev.dovetail.contract.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Severity;
import dev.dovetail.migration.FailedMigrationRule;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.health.HealthRule;
import dev.dovetail.monitoring.health.HealthStatus;
import dev.dovetail.monitoring.health.QueryFigures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a running application says of its database. */
@EngineContract
class HealthTests {

    private final TestEngine engine;

    HealthTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void aFreshApplicationIsWellAndEveryRuleCouldLook() {
        try (TestApplication application = TestApplication.on(engine)) {
            assertThat(health(application).getStatus()).isEqualTo(Status.UP);

            HealthReport first = application.database().health();
            HealthReport second = application.bean(HealthMonitor.class).evaluate();

            for (HealthReport report : List.of(first, second)) {
                assertThat(report.issues())
                        .filteredOn(issue -> !issue.contains("replication slot"))
                        .isEmpty();
                assertThat(report.unanswered()).isEmpty();
            }
            assertThat(application.database().health()).isSameAs(second);
            assertThat(second.metrics()).containsKeys("pools", "database");
            assertThat(health(application).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void whoeverHoldsMostOfThePoolIsFoundUntilTheyGiveItBack() throws SQLException {
        try (TestApplication application =
                TestApplication.on(engine, "spring.datasource.hikari.maximum-pool-size=10")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            List<Connection> held = new ArrayList<>();
            for (int i = 0; i < (engine.hasSingleWriter() ? 1 : 9); i++) {
                Connection connection = application.dataSource().getConnection();
                held.add(connection);
                connection.setAutoCommit(false);
                connection.createStatement().execute("CREATE TABLE IF NOT EXISTS held" + i + " (id int)");
            }
            monitor.evaluate();

            // Whoever looks uses one for a moment as well.
            assertThat(found(monitor, "pool-use")).singleElement().satisfies(found -> {
                assertThat(found.subject()).isEqualTo(engine.hasSingleWriter() ? "writer" : "primary");
                assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
                assertThat(found.measured())
                        .matches(engine.hasSingleWriter() ? "100 %|99(\\.\\d)? %" : "9\\d(\\.\\d)? %");
            });
            Map<?, ?> pools = (Map<?, ?>)
                    Objects.requireNonNull(health(application).getDetails().get("pools"));
            Map<?, ?> pool =
                    (Map<?, ?>) Objects.requireNonNull(pools.get(engine.hasSingleWriter() ? "writer" : "primary"));
            assertThat((Object) pool.get("utilisation")).isEqualTo(engine.hasSingleWriter() ? 1.0 : 0.9);

            for (Connection each : held) {
                each.rollback();
                each.close();
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(found(monitor, "pool-use")).isEmpty());
        }
    }

    @Test
    void whoeverHoldsAConnectionForLongIsFoundWithThePlace() {
        try (TestApplication application =
                TestApplication.on(engine, "dovetail.monitoring.rules.held-connections.threshold=1ms")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            application.transaction().executeWithoutResult(status -> {
                application.template().execute("CREATE TABLE held (id int)");
                assertThat(found(monitor, "held-connections")).anySatisfy(found -> {
                    assertThat(found.subject()).isEqualTo(engine.hasSingleWriter() ? "writer" : "primary");
                    assertThat(found.text()).contains("HealthTests.found");
                });
            });
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(found(monitor, "held-connections")).isEmpty());
        }
    }

    @Test
    void aSettingThatIsChangedOnAConnectionMakesItDegradedUntilItIsPutBack() {
        try (TestApplication application = TestApplication.on(engine, "spring.datasource.hikari.maximum-pool-size=1")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            boolean pragma = engine == TestEngine.SQLITE;
            application.template().execute(pragma ? "PRAGMA foreign_keys = OFF" : "SET statement_timeout = 0");

            assertThat(found(monitor, "settings")).singleElement().satisfies(found -> {
                assertThat(found.subject()).isEqualTo(pragma ? "foreign_keys" : "statement_timeout");
                assertThat(found.severity()).isEqualTo(pragma ? Severity.HIGH : Severity.LOW);
            });
            assertThat(health(application).getStatus().getCode()).isEqualTo("DEGRADED");

            application.template().execute(pragma ? "PRAGMA foreign_keys = ON" : "SET statement_timeout = 30000");
            assertThat(found(monitor, "settings")).isEmpty();
        }
    }

    private static List<Finding> found(HealthMonitor monitor, String rule) {
        return monitor.evaluate().findings().stream()
                .filter(each -> each.rule().equals(rule))
                .toList();
    }

    @Test
    void whatTheRulesFoundMakesItDegradedUntilTheyFindItNoMore() {
        try (TestApplication application = TestApplication.withBeans(
                engine.freshDatabase(), Watched.class, "dovetail.monitoring.rules.orders.enabled=false")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            Statements statements = application.bean(Statements.class);
            statements.figures.set(new QueryFigures(100, 10, 0, Duration.ofMillis(1)));
            monitor.evaluate();
            assertThat(health(application).getStatus()).isEqualTo(Status.UP);

            statements.figures.set(new QueryFigures(100, 11, 0, Duration.ofMillis(1)));
            monitor.evaluate();
            Health degraded = health(application);

            assertThat(degraded.getStatus().getCode()).isEqualTo("DEGRADED");
            assertThat(String.valueOf(degraded.getDetails().get("issues"))).contains("11 % of the statements are slow");
            assertThat(String.valueOf(degraded.getDetails().get("recommendations")))
                    .contains("advice on indexes");
            assertThat(degraded.getDetails()).containsKeys("metrics", "evaluatedAt");

            statements.figures.set(new QueryFigures(0, 0, 0, Duration.ZERO));
            monitor.evaluate();
            assertThat(health(application).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void anApplicationsOwnRuleMayNeedTheDatabaseAndTakeItDown() {
        try (TestApplication application = TestApplication.withBeans(
                engine.freshDatabase(), Watched.class, "dovetail.monitoring.rules.orders.threshold=5")) {
            JdbcTemplate jdbc = application.template();
            jdbc.execute("CREATE TABLE orders (id int)");
            jdbc.update("INSERT INTO orders VALUES (1), (2), (3), (4), (5)");
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            assertThat(found(monitor, "orders")).isEmpty();
            jdbc.update("INSERT INTO orders VALUES (6)");

            HealthReport report = monitor.evaluate();

            assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
            assertThat(health(application).getStatus()).isEqualTo(Status.DOWN);
            // What is down is told at once.
            assertThat(application.bean(Alerts.class).active())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.id()).isEqualTo("orders:open"));
        }
    }

    @Test
    void whenMonitoringIsSwitchedOffThenNobodyLooksUntilSomebodyAsks() {
        try (TestApplication application = TestApplication.on(
                engine, "dovetail.monitoring.enabled=false", "dovetail.monitoring.health-interval=100ms")) {
            assertThat(application.context().getBeansOfType(Alerts.class)).isEmpty();
            assertThat(application.context().containsBean("healthRounds")).isFalse();
            assertThat(application.bean(HealthMonitor.class).last()).isEmpty();
            assertThat(application.database().health().unanswered()).isEmpty();
        }
    }

    @Test
    void itIsEvaluatedAgainAndAgain() {
        try (TestApplication application = TestApplication.on(engine, "dovetail.monitoring.health-interval=100ms")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            Awaitility.await().until(() -> monitor.evaluations() >= 3);
            long before = monitor.evaluations();
            for (int i = 0; i < 20; i++) {
                assertThat(health(application).getStatus()).isEqualTo(Status.UP);
            }
            assertThat(monitor.evaluations()).isLessThan(before + 20);
        }
    }

    @Test
    void aMigrationThatFailedIsFound() {
        try (TestApplication application = TestApplication.on(engine)) {
            JdbcTemplate jdbc = application.template();
            FailedMigrationRule rule = new FailedMigrationRule(jdbc, () -> List.of("\"history\"", "\"missing\""));
            jdbc.execute("CREATE TABLE history (installed_rank int, script varchar(100), success boolean)");
            FailedMigrationRule again = new FailedMigrationRule(jdbc, () -> List.of("\"history\""));
            assertThat(Evaluations.of(rule)).isEmpty();
            jdbc.update("INSERT INTO history VALUES (1, 'V1__users.sql', TRUE), (2, 'V2__index.sql', FALSE)");

            for (FailedMigrationRule each : List.of(rule, again)) {
                assertThat(Evaluations.of(each)).singleElement().satisfies(found -> {
                    assertThat(found.subject()).isEqualTo("V2__index.sql");
                    assertThat(found.severity()).isEqualTo(Severity.HIGH);
                });
            }
            application.statements();
            assertThat(Evaluations.of(rule)).hasSize(1);
            assertThat(application.statements())
                    .noneMatch(statement -> statement.sql().contains("missing"));
        }
    }

    private static Health health(TestApplication application) {
        return Objects.requireNonNull(
                application.bean(DatabaseHealthIndicator.class).health());
    }

    /** What statements have done, as a test says it. */
    static final class Statements implements QueryFigures.Source {

        private final AtomicReference<QueryFigures> figures =
                new AtomicReference<>(new QueryFigures(0, 0, 0, Duration.ZERO));

        @Override
        public QueryFigures sinceLastAsked() {
            return Objects.requireNonNull(figures.get());
        }
    }

    /** A rule as an application writes it. */
    static final class OpenOrders implements HealthRule {

        private final Database database;

        OpenOrders(Database database) {
            this.database = database;
        }

        @Override
        public String id() {
            return "orders";
        }

        @Override
        public dev.dovetail.engine.Threshold threshold() {
            return dev.dovetail.engine.Threshold.count(1000);
        }

        @Override
        public List<Finding> evaluate(Evaluation evaluation) {
            long open = database.table("orders").count();
            return open <= evaluation.threshold()
                    ? List.of()
                    : List.of(evaluation.down("open", "Nobody handles orders", "Start the workers"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Watched {

        @Bean
        Statements statements() {
            return new Statements();
        }

        @Bean
        OpenOrders openOrders(Database database) {
            return new OpenOrders(database);
        }
    }
}
