package dev.dovetail.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What becomes of a question that a server does not answer. */
@ExtendWith(OutputCaptureExtension.class)
class ProbeRuleTests {

    private record Asking(String id, String sql, AtomicInteger asked, List<Connection> seen) implements HealthProbe {

        static Asking of(String id, String sql) {
            return new Asking(id, sql, new AtomicInteger(), new ArrayList<>());
        }

        @Override
        public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
            asked.incrementAndGet();
            seen.add(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
            return List.of();
        }
    }

    private static ProbeRule rule(HealthProbe probe, TestApplication application) {
        return new ProbeRule(
                probe,
                application.bean(DatabaseEngine.class),
                ProbeConnections.of(application.bean(EngineConnections.class)));
    }

    @Test
    void whatTheUserMayNotAskIsLeftOutAfterOneLine(CapturedOutput output) {
        try (TestApplication application =
                TestApplication.on(TestEngine.POSTGRESQL, "logging.level.dev.dovetail.monitoring=debug")) {
            Asking forbidden = Asking.of("forbidden", "SELECT rolpassword FROM pg_authid");
            Asking unknown = Asking.of("unknown", "SELECT no_such_function()");
            Asking unsupported = Asking.of("unsupported", "DO 'BEGIN RAISE SQLSTATE ''0A000''; END'");
            Asking failing = Asking.of("failing", "SELECT 1 / 0");
            try (HealthMonitor monitor = HealthMonitor.of(List.of(
                    rule(forbidden, application),
                    rule(unknown, application),
                    rule(unsupported, application),
                    rule(failing, application)))) {
                monitor.evaluate();
                HealthReport report = monitor.evaluate();

                assertThat(forbidden.asked).hasValue(1);
                assertThat(unknown.asked).hasValue(1);
                assertThat(unsupported.asked).hasValue(1);
                assertThat(failing.asked).hasValue(2);
                assertThat(report.findings())
                        .extracting(Finding::rule, Finding::subject)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple("rule-failed", "failing"));
                assertThat(output.getOut().split("'forbidden' is left out", -1)).hasSize(2);
            }
        }
    }

    @Test
    void probesShareAConnectionBesideThePoolsThatIsClosedAfterwards() throws SQLException {
        try (TestApplication application =
                TestApplication.on(TestEngine.POSTGRESQL, "spring.datasource.hikari.maximum-pool-size=1")) {
            Asking one = Asking.of("one", "SELECT 1");
            Asking other = Asking.of("other", "SELECT 1");
            // Nobody gets another one from the pool.
            try (Connection only = application.dataSource().getConnection();
                    Statement statement = only.createStatement();
                    HealthMonitor monitor =
                            HealthMonitor.of(List.of(rule(one, application), rule(other, application)))) {
                statement.execute("SELECT 1");
                application.statements();
                assertThat(monitor.evaluate().findings()).isEmpty();
                assertThat(application.statements()).isEmpty();
            }
            assertThat(one.seen).isEqualTo(other.seen).hasSize(1);
            assertThat(one.seen.get(0).isClosed()).isTrue();
        }
    }

    @Test
    void aConnectionOfAForeignPoolIsGivenBackAsItWas() throws SQLException {
        try (TestApplication application = TestApplication.on(TestEngine.POSTGRESQL);
                Connection pooled = application.foreignConnection()) {
            pooled.setNetworkTimeout(Runnable::run, 77_000);
            List<Integer> during = new ArrayList<>();
            HealthProbe looking = Asking.of("looking", "SELECT 1");
            ProbeConnections foreign = ProbeConnections.of(new SingleConnectionDataSource(pooled, true));
            ProbeRule rule =
                    new ProbeRule(new Looking(looking, during), application.bean(DatabaseEngine.class), foreign);
            try (HealthMonitor monitor = HealthMonitor.of(List.of(rule))) {
                assertThat(monitor.evaluate().findings()).isEmpty();
            }
            assertThat(during).containsExactly(30_000);
            assertThat(pooled.getNetworkTimeout()).isEqualTo(77_000);
        }
    }

    /** Looks at how long the connection waits for an answer. */
    private record Looking(HealthProbe probe, List<Integer> timeouts) implements HealthProbe {

        @Override
        public String id() {
            return probe.id();
        }

        @Override
        public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
            timeouts.add(connection.getNetworkTimeout());
            return probe.run(connection, threshold);
        }
    }

    @Test
    void aServerThatCannotBeReachedIsTriedOnceInAnEvaluation() {
        try (TestApplication application = TestApplication.on(TestEngine.SQLITE)) {
            AtomicInteger tried = new AtomicInteger();
            CountDownLatch answer = new CountDownLatch(1);
            ProbeConnections unreachable = () -> new ProbeConnections.Opened(role -> {
                tried.incrementAndGet();
                awaitDespiteInterrupts(answer);
                throw new SQLException("too late", "08001");
            });
            List<HealthRule> rules = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                rules.add(new ProbeRule(
                        Asking.of("probe-" + i, "SELECT 1"), application.bean(DatabaseEngine.class), unreachable));
            }
            HealthSettings settings = new HealthSettings(Duration.ofSeconds(60), Duration.ofMillis(500), 100, Map.of());
            try (HealthMonitor monitor =
                    new HealthMonitor(settings, () -> rules, List::of, List::of, () -> false, Clock.systemUTC())) {
                HealthReport report = monitor.evaluate();

                assertThat(tried).hasValue(1);
                assertThat(report.unanswered()).hasSize(10);
                assertThat(report.findings()).extracting(Finding::subject).containsExactly("probe-0");
            } finally {
                answer.countDown();
            }
        }
    }

    // As a driver, which takes no notice of interrupts.
    private static void awaitDespiteInterrupts(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                over = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                // It is not over.
            }
        }
    }

    @Test
    void whoeverComesBackTooLateWithAConnectionHasItClosed() throws SQLException {
        try (TestApplication application = TestApplication.on(TestEngine.POSTGRESQL)) {
            EngineConnections connections = application.bean(EngineConnections.class);
            List<Connection> late = new ArrayList<>();
            ProbeConnections.Opened opened = new ProbeConnections.Opened(role -> {
                Connection connection = connections.open(ConnectionRole.MAINTENANCE);
                late.add(connection);
                return connection;
            });
            opened.close();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> opened.of(ConnectionRole.WRITER)))
                    .isInstanceOf(SQLException.class);
            assertThat(late).hasSize(1);
            assertThat(late.get(0).isClosed()).isTrue();
        }
    }
}
