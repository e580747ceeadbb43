package dev.dovetail.contract.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.actuator.AlertMetrics;
import dev.dovetail.actuator.AlertSection;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.actuator.EndpointAction;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.ConnectionGuard;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.alert.Alert;
import dev.dovetail.monitoring.alert.AlertEvent;
import dev.dovetail.monitoring.alert.AlertRaised;
import dev.dovetail.monitoring.alert.AlertResolved;
import dev.dovetail.monitoring.alert.AlertSink;
import dev.dovetail.monitoring.alert.Alerts;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.health.HealthStatus;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Who is told when something happens, and what of it can be asked for. */
class AlertDeliveryTests {

    @Test
    void whenTheServerIsAwayThenThatIsOneCriticalAlertUntilItIsBack() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated()) {
            TestDatabase database = server.newDatabase();
            try (TestApplication application = TestApplication.withBeans(
                    Map.of(
                            "spring.datasource.url", database.jdbcUrl(),
                            "spring.datasource.username", database.username(),
                            "spring.datasource.password", database.password()),
                    Listening.class,
                    "spring.datasource.hikari.connection-timeout=1000",
                    "dovetail.alerts.resolve-after=1")) {
                HealthMonitor monitor = application.bean(HealthMonitor.class);
                assertThat(monitor.evaluate().healthy()).isTrue();

                server.stop();
                HealthReport down = monitor.evaluate();
                monitor.evaluate();

                assertThat(down.status()).isEqualTo(HealthStatus.DOWN);
                assertThat(down.findings()).extracting(Finding::rule).containsExactly("database");
                assertThat(down.toString()).doesNotContain(database.password(), database.username());
                Listening listening = application.bean(Listening.class);
                assertTold(listening.sunk, AlertRaised.class);
                assertTold(listening.heard, AlertRaised.class);

                server.start();
                Awaitility.await()
                        .untilAsserted(
                                () -> assertThat(monitor.evaluate().findings()).isEmpty());
                assertTold(listening.sunk, AlertRaised.class, AlertResolved.class);
                assertTold(listening.heard, AlertRaised.class, AlertResolved.class);
                Alerts alerts = application.bean(Alerts.class);
                assertThat(alerts.active()).isEmpty();
                assertThat(alerts.history()).singleElement().satisfies(alert -> {
                    assertThat(alert.id()).isEqualTo("database:database");
                    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
                });
                assertThat(Objects.requireNonNull(application
                                        .bean(DatabaseHealthIndicator.class)
                                        .health())
                                .getStatus())
                        .isEqualTo(Status.UP);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutageBetweenTwoLooksIsToldToo(TestEngine engine) {
        try (TestApplication application =
                TestApplication.withBeans(engine.freshDatabase(), Listening.class, "dovetail.alerts.resolve-after=1")) {
            HealthMonitor monitor = application.bean(HealthMonitor.class);
            assertThat(monitor.evaluate().healthy()).isTrue();
            ConnectionGuard circuit = application.bean(ConnectionGuard.class);
            SQLException gone = new DescribedSqlException(
                    "The server is away", DatabaseError.of(ErrorCode.UNREACHABLE, "08006"), null);
            for (int i = 0; i < 5; i++) {
                circuit.answered(ConnectionRole.WRITER, gone);
            }
            circuit.answered(ConnectionRole.WRITER, null);
            application
                    .transaction()
                    .executeWithoutResult(status -> application.template().execute("SELECT 1"));

            HealthReport report = monitor.evaluate();
            assertThat(report.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(monitor.evaluate().healthy()).isTrue();
            assertTold(application.bean(Listening.class).heard, AlertRaised.class, AlertResolved.class);
            assertThat(application.bean(Alerts.class).history()).singleElement().satisfies(alert -> {
                assertThat(alert.id()).isEqualTo("database:database");
                assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
                assertThat(alert.text()).contains("did not answer", "WRITER", "UNREACHABLE", "answers again");
            });
        }
    }

    private static void assertTold(Queue<AlertEvent> events, Class<?>... kinds) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(events)
                        .extracting(Object::getClass)
                        .<Object>map(kind -> kind)
                        .containsExactly((Object[]) kinds));
    }

    @Test
    void whenTheFileIsReplacedThenTheSectionShowsItAndSomebodyCanResolveIt() throws IOException {
        try (TestApplication application =
                TestApplication.withBeans(TestEngine.SQLITE.freshDatabase(), Listening.class)) {
            AlertSection section = new AlertSection(application.bean(Alerts.class));
            MeterRegistry meters = new SimpleMeterRegistry();
            new AlertMetrics(application.bean(Alerts.class)).bindTo(meters);
            assertThat(section.show()).isEqualTo(Map.of("active", List.of(), "history", List.of()));
            Files.delete(Path.of(Objects.requireNonNull(
                            application.bean(EngineConnections.class).files())
                    .path()));
            application.bean(HealthMonitor.class).evaluate();

            List<?> active = (List<?>) Objects.requireNonNull(section.show().get("active"));
            Map<?, ?> shown = (Map<?, ?>) active.get(0);
            assertThat((Object) shown.get("rule")).isEqualTo("database-file");
            assertThat(active(meters)).isEqualTo(1);
            String id = String.valueOf(shown.get("id"));

            EndpointAction resolve = section.actions().get(0);
            assertThat(resolve.name()).isEqualTo("resolve-alert");
            WebEndpointResponse<?> unknown =
                    (WebEndpointResponse<?>) resolve.work().apply(Map.of("name", "unheard:of"));
            assertThat(unknown.getStatus()).isEqualTo(404);
            assertThat(String.valueOf(resolve.work().apply(Map.of("name", id)))).contains("BY_HAND");
            assertThat(active(meters)).isZero();
            assertThat(meters.get("dovetail.alerts.raised")
                            .tag("severity", "critical")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(application.bean(Alerts.class).history())
                    .extracting(Alert::resolution)
                    .containsExactly(Alert.Resolution.BY_HAND);
        }
    }

    private static double active(MeterRegistry meters) {
        return meters.get("dovetail.alerts.active")
                .tag("severity", "critical")
                .gauge()
                .value();
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        private final Queue<AlertEvent> sunk = new ConcurrentLinkedQueue<>();
        private final Queue<AlertEvent> heard = new ConcurrentLinkedQueue<>();

        @Bean
        AlertSink sink() {
            return sunk::add;
        }

        @EventListener
        void on(AlertEvent event) {
            heard.add(event);
        }
    }
}
