package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * PostgreSQL ends our sessions, goes away and comes back, or falls silent: callers are told the truth, and everything goes
 * on by itself when it can (F31, F33).
 */
class ServerOutageTests {

    private static final int WORKERS = 8;
    // Where five callers in a row met the outage, the circuit leaves the database alone for 10 s.
    private static final Duration TO_RECOVER = Duration.ofSeconds(30);
    private static final String CONNECTION_TIMEOUT = "spring.datasource.hikari.connection-timeout=2000";
    private static final String QUIET = "logging.level.root=off";

    private static DedicatedPostgresServer server;

    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final AtomicIntegerArray successes = new AtomicIntegerArray(WORKERS);

    @BeforeAll
    static void startServer() {
        server = PostgresServer.dedicated();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void sessionsEndedUnderLoadAreReplaced() throws Exception {
        endSessions(5);
    }

    @Test
    @Tag("soak")
    void sessionsEndedUnderLoadAreReplacedForLong() throws Exception {
        endSessions(500);
    }

    @Test
    void aServerStoppedAndStartedUnderLoadIsFoundAgain() {
        stopAndStart(1);
    }

    @Test
    @Tag("soak")
    void aServerStoppedAndStartedUnderLoadIsFoundAgainForLong() {
        stopAndStart(50);
    }

    private void endSessions(int times) throws Exception {
        try (TestDatabase database = server.newDatabase();
                TestApplication application = open(database.jdbcUrl(), database);
                Workers workers = work(application)) {
            for (int i = 0; i < times; i++) {
                awaitProgress(workers);
                assertThat(endSessionsOf(database)).as("sessions ended").isPositive();
            }
            awaitProgress(workers);
            workers.stop();
            assertThat(failures).as("failures of callers").isNotEmpty().allSatisfy(ServerOutageTests::tellsTheTruth);
            assertAllAtRest(application);
        }
    }

    @Test
    void whoGoesOnInALostTransactionIsToldThatItIsLost() throws Exception {
        try (TestDatabase database = server.newDatabase();
                TestApplication application = open(database.jdbcUrl(), database)) {
            assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                        write(application);
                        endSessionsQuietly(database);
                        assertThatThrownBy(() -> write(application))
                                .satisfies(ServerOutageTests::tellsTheTruth)
                                .hasMessageContaining("The server ended the session");
                        assertThatThrownBy(() -> write(application))
                                .satisfies(ServerOutageTests::tellsTheTruth)
                                .hasStackTraceContaining("The connection broke earlier");
                    }))
                    .as("the commit")
                    .satisfies(ServerOutageTests::tellsTheTruth);
            // Connections that were used within half a second are not checked before they are handed out.
            Awaitility.await("the next transaction succeeds")
                    .atMost(TO_RECOVER)
                    .ignoreExceptionsInstanceOf(DataAccessException.class)
                    .untilAsserted(() -> write(application));
            assertThat(application
                            .jdbc()
                            .sql("SELECT count(*) FROM item")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertAllAtRest(application);
        }
    }

    private static void write(TestApplication application) {
        application.jdbc().sql("INSERT INTO item (name) VALUES ('a')").update();
    }

    private static void endSessionsQuietly(TestDatabase database) {
        try {
            endSessionsOf(database);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static int endSessionsOf(TestDatabase database) throws SQLException {
        try (Connection connection = server.superuser().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = ?")) {
            statement.setString(1, database.username());
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private void stopAndStart(int times) {
        try (TestDatabase database = server.newDatabase();
                TestApplication application = open(database.jdbcUrl(), database);
                Workers workers = work(application)) {
            DatabaseHealthIndicator health =
                    new DatabaseHealthIndicator(application.bean(Database.class), application.dataSource(), null);
            for (int i = 0; i < times; i++) {
                awaitProgress(workers);
                assertThat(health.health().getStatus()).isEqualTo(Status.UP);

                server.stop();
                failures.clear();
                Health down = health.health();
                assertThat(down.getStatus())
                        .as("health without a server: %s", down)
                        .isEqualTo(Status.DOWN);
                assertThat(down.getDetails().toString()).contains("UNREACHABLE");
                Awaitility.await("every caller is told")
                        .atMost(TO_RECOVER)
                        .until(() ->
                                failures.size() >= WORKERS || !workers.errors().isEmpty());

                server.start();
                awaitProgress(workers);
                Awaitility.await("health is up again")
                        .atMost(TO_RECOVER)
                        .until(() -> health.health().getStatus().equals(Status.UP));
            }
            workers.stop();
            assertThat(failures).as("failures of callers").allSatisfy(ServerOutageTests::tellsTheTruth);
            assertAllAtRest(application);
        }
    }

    @Test
    void aSilentNetworkHoldsCallersNoLongerThanTheSocketTimeout() throws Exception {
        try (TestDatabase database = server.newDatabase();
                Network network =
                        new Network(database.info().host(), database.info().port());
                TestApplication application = open(through(network, database), database, "dovetail.query-timeout=2s")) {
            assertThat(one(application)).isEqualTo(1);

            network.cut();
            long started = System.nanoTime();
            assertThatThrownBy(() -> one(application)).satisfies(ServerOutageTests::tellsTheTruth);
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            // The statement's 2 s, the 10 s that the server gets to say so, and a busy machine.
            assertThat(waited).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
            System.out.printf("A statement into a silent network failed after %d ms%n", waited.toMillis());

            network.restore();
            Awaitility.await("statements succeed again")
                    .atMost(TO_RECOVER)
                    .ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(() -> one(application) == 1);
            assertAllAtRest(application);
        }
    }

    private static String through(Network network, TestDatabase database) {
        return "jdbc:postgresql://localhost:%d/%s"
                .formatted(network.port(), database.info().database());
    }

    private static int one(TestApplication application) {
        return application.jdbc().sql("SELECT 1").query(Integer.class).single();
    }

    private static TestApplication open(String url, TestDatabase database, String... more) {
        List<String> properties = new ArrayList<>(List.of(CONNECTION_TIMEOUT, QUIET));
        properties.addAll(List.of(more));
        TestApplication application = TestApplication.with(
                Map.of(
                        "spring.datasource.url", url,
                        "spring.datasource.username", database.username(),
                        "spring.datasource.password", database.password()),
                properties.toArray(String[]::new));
        application.template().execute("CREATE TABLE item (id integer GENERATED ALWAYS AS IDENTITY, name text)");
        return application;
    }

    private Workers work(TestApplication application) {
        return Workers.repeat(WORKERS, number -> {
            try {
                use(application, number);
                successes.incrementAndGet(number);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
    }

    private static void use(TestApplication application, int way) {
        switch (way % 4) {
            case 0 -> one(application);
            case 1 -> write(application);
            case 2 -> application.readOnlyTransaction().executeWithoutResult(status -> one(application));
            default ->
                application.transaction().executeWithoutResult(status -> {
                    write(application);
                    one(application);
                });
        }
    }

    private void awaitProgress(Workers workers) {
        for (int i = 0; i < WORKERS; i++) {
            successes.set(i, 0);
        }
        Awaitility.await("every worker succeeds again")
                .atMost(TO_RECOVER)
                .until(() -> everyWorkerSucceeded() || !workers.errors().isEmpty());
    }

    private boolean everyWorkerSucceeded() {
        for (int i = 0; i < WORKERS; i++) {
            if (successes.get(i) < 3) {
                return false;
            }
        }
        return true;
    }

    private static void tellsTheTruth(Throwable failure) {
        assertThat(failure).isInstanceOf(DataAccessResourceFailureException.class);
    }

    private static void assertAllAtRest(TestApplication application) {
        assertThat(application.dataSource().pools()).allSatisfy(pool -> {
            assertThat(pool.active()).as("connections in use in %s", pool).isZero();
            assertThat(pool.waiting()).as("callers waiting in %s", pool).isZero();
        });
    }
}
