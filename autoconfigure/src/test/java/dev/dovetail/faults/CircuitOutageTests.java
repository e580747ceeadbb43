package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.datasource.CircuitOpenException;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import dev.dovetail.transaction.CircuitStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
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
            Awaitility.await("the circuit opens").atMost(Duration.ofSeconds(20)).until(() -> {
                assertThatThrownBy(() -> one(application)).isInstanceOf(DataAccessResourceFailureException.class);
                return "open".equals(circuit.states().get(ConnectionRole.WRITER));
            });
            assertRefusedAtOnce(application);
            assertThat(application.database().query("offers").fallback(() -> -1).run(() -> one(application)))
                    .isEqualTo(-1);
            DatabaseHealthIndicator health = new DatabaseHealthIndicator(
                    application.bean(Database.class), application.dataSource(), null, null, circuit, null, null);
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
        System.out.printf(
                "An open circuit refused %d of 50 callers, the fastest within %d us%n", refused, fastest / 1000);
    }

    @Test
    void aSilentNetworkOpensTheCircuitAndASpeakingOneClosesIt() throws Exception {
        try (DedicatedPostgresServer server = PostgresServer.dedicated();
                TestDatabase database = server.newDatabase();
                Network network =
                        new Network(database.info().host(), database.info().port());
                TestApplication application = TestApplication.with(
                        Map.of(
                                "spring.datasource.url",
                                "jdbc:postgresql://localhost:%d/%s"
                                        .formatted(
                                                network.port(), database.info().database()),
                                "spring.datasource.username",
                                database.username(),
                                "spring.datasource.password",
                                database.password()),
                        "spring.datasource.hikari.connection-timeout=500",
                        "dovetail.query-timeout=1s",
                        "dovetail.circuit-breaker.failure-threshold=2",
                        "dovetail.circuit-breaker.open-duration=2s",
                        "dovetail.transaction.max-retries=0",
                        "logging.level.root=off")) {
            CircuitStates circuit = application.bean(CircuitStates.class);
            assertThat(one(application)).isEqualTo(1);

            network.cut();
            Awaitility.await("the circuit opens").atMost(Duration.ofSeconds(60)).until(() -> {
                assertThatThrownBy(() -> one(application)).isInstanceOf(DataAccessException.class);
                return "open".equals(circuit.states().get(ConnectionRole.WRITER));
            });
            assertThatThrownBy(() -> one(application)).isInstanceOf(DataAccessResourceFailureException.class);

            network.restore();
            Awaitility.await("callers are served again")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(() -> one(application) == 1);
            assertThat(circuit.states()).containsEntry(ConnectionRole.WRITER, "closed");
        }
    }

    @Test
    void aRestartOfTheServerIsSurvivedByUnitsThatRunMeanwhile() throws Exception {
        try (DedicatedPostgresServer server = PostgresServer.dedicated();
                TestDatabase database = server.newDatabase();
                TestApplication application = open(
                        database, "dovetail.transaction.max-retries=5", "dovetail.circuit-breaker.open-duration=60s")) {
            application.template().execute("CREATE TABLE account (balance integer NOT NULL)");
            application.template().execute("INSERT INTO account VALUES (0)");
            CompletableFuture<?>[] callers = new CompletableFuture<?>[4];
            CountDownLatch begun = new CountDownLatch(callers.length);
            for (int i = 0; i < callers.length; i++) {
                callers[i] = OwnThread.run(() -> application.database().inTransaction(transaction -> {
                    one(application);
                    begun.countDown();
                    application
                            .jdbc()
                            .sql("SELECT 1 FROM pg_sleep(1)")
                            .query(Integer.class)
                            .single();
                    return application
                            .jdbc()
                            .sql("UPDATE account SET balance = balance + 1")
                            .update();
                }));
            }
            begun.await();
            server.stop();
            CompletableFuture<Void> starting = OwnThread.runAfter(Duration.ofSeconds(2), server::start);

            CompletableFuture.allOf(callers).orTimeout(60, TimeUnit.SECONDS).join();
            starting.join();
            assertThat(application
                            .jdbc()
                            .sql("SELECT balance FROM account")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(callers.length);
        }
    }

    @Test
    void whereTheServerHasNoConnectionLeftThoseThatAreThereAreUsed() throws Exception {
        Map<String, String> few =
                Map.of("max_connections", "6", "superuser_reserved_connections", "0", "reserved_connections", "0");
        try (DedicatedPostgresServer server = PostgresServer.dedicated(few);
                TestDatabase database = server.newDatabase();
                Connection first = database.info().connect();
                Connection second = database.info().connect();
                TestApplication application = open(
                        database,
                        "spring.datasource.hikari.maximum-pool-size=8",
                        "dovetail.circuit-breaker.failure-threshold=3")) {
            // The pool goes on asking for more of them.
            for (int i = 0; i < 40; i++) {
                assertThat(one(application)).isEqualTo(1);
                Thread.sleep(25);
            }
            assertThat(first.isClosed() || second.isClosed()).isFalse();
            assertThat(application.bean(CircuitStates.class).states()).containsEntry(ConnectionRole.WRITER, "closed");
        }
    }

    @Test
    void afterAFailoverAnotherHostIsUsed() throws Exception {
        try (DedicatedPostgresServer first = PostgresServer.dedicated();
                DedicatedPostgresServer second = PostgresServer.dedicated();
                TestDatabase database = first.newDatabase()) {
            String url = onBoth(database.info(), second);
            try (TestApplication application = TestApplication.with(Map.of(
                    "spring.datasource.url",
                    url,
                    "spring.datasource.username",
                    database.username(),
                    "spring.datasource.password",
                    database.password(),
                    "logging.level.root",
                    "off"))) {
                assertThat(port(application)).isEqualTo(database.info().port());
                first.stop();
                int after = application.database().inTransaction(transaction -> port(application));
                assertThat(after).isEqualTo(second.superuser().port());
            }
        }
    }

    // The second server has the same database and the same user, as a standby has that was promoted.
    private static String onBoth(ConnectionInfo database, PostgresServer second) throws SQLException {
        ConnectionInfo other = second.superuser();
        try (Connection connection = other.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(database.username(), database.password()));
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(database.database(), database.username()));
        }
        return "jdbc:postgresql://%s:%d,%s:%d/%s?targetServerType=primary"
                .formatted(database.host(), database.port(), other.host(), other.port(), database.database());
    }

    private static int port(TestApplication application) {
        return application
                .jdbc()
                .sql("SELECT inet_server_port()")
                .query(Integer.class)
                .single();
    }

    @Test
    void theApplicationMayStartBeforeTheServer() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            server.stop();
            CompletableFuture<Void> starting = OwnThread.runAfter(Duration.ofSeconds(2), server::start);
            try (TestApplication application = open(database)) {
                assertThat(one(application)).isEqualTo(1);
            } finally {
                starting.join();
            }
        }
    }
}
