package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.datasource.CircuitOpenException;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import dev.dovetail.transaction.CircuitStates;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

/** The server is stopped: callers are refused at once, and served again by themselves when it is back (F30, F31, F198, F199). */
class CircuitOutageTests {

    private static TestApplication open(TestDatabase database, String... more) {
        return TestApplication.with(
                Map.of(
                        "spring.datasource.url", database.jdbcUrl(),
                        "spring.datasource.username", database.username(),
                        "spring.datasource.password", database.password(),
                        "spring.datasource.hikari.connection-timeout", "500",
                        "dovetail.circuit-breaker.open-duration", "2s",
                        "dovetail.transaction.max-retries", "0",
                        "logging.level.root", "off"),
                more);
    }

    private static int one(TestApplication application) {
        return application.jdbc().sql("SELECT 1").query(Integer.class).single();
    }

    @Test
    void aStoppedServerOpensTheCircuitAndAStartedOneClosesIt() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated();
                TestDatabase database = server.newDatabase();
                TestApplication application = open(database)) {
            CircuitStates circuit = application.bean(CircuitStates.class);
            assertThat(one(application)).isEqualTo(1);

            server.stop();
            Awaitility.await("the circuit opens")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        assertThatThrownBy(() -> one(application))
                                .isInstanceOf(DataAccessResourceFailureException.class);
                        return circuit.states().get(ConnectionRole.WRITER).equals("open");
                    });
            assertRefusedAtOnce(application);
            assertThat(application
                            .database()
                            .query("offers")
                            .fallback(() -> -1)
                            .run(() -> one(application)))
                    .isEqualTo(-1);
            DatabaseHealthIndicator health = new DatabaseHealthIndicator(
                    application.bean(Database.class), application.dataSource(), null, null, circuit);
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

            server.start();
            Awaitility.await("callers are served again")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(DataAccessResourceFailureException.class)
                    .until(() -> one(application) == 1);
            assertThat(circuit.states()).containsEntry(ConnectionRole.WRITER, "closed");
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    // Among some tries one is the probe, which waits for the pool.
    private static void assertRefusedAtOnce(TestApplication application) {
        int refused = 0;
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long started = System.nanoTime();
            try {
                one(application);
            } catch (CircuitOpenException e) {
                refused++;
                fastest = Math.min(fastest, System.nanoTime() - started);
                assertThat(e.retryAfter()).isLessThanOrEqualTo(Duration.ofSeconds(2));
            } catch (DataAccessResourceFailureException e) {
                // The probe.
            }
        }
        assertThat(refused).isGreaterThan(40);
        System.out.printf("An open circuit refused %d of 50 callers, the fastest within %d us%n", refused, fastest / 1000);
    }

    @Test
    void theApplicationMayStartBeforeTheServer() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            server.stop();
            CompletableFuture<Void> starting = CompletableFuture.runAsync(
                    server::start, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
            try (TestApplication application = open(database)) {
                assertThat(one(application)).isEqualTo(1);
            } finally {
                starting.join();
            }
        }
    }
}
