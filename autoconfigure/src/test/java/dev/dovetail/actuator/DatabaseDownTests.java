package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What health says when the database is gone, and when it is back. */
class DatabaseDownTests {

    @Test
    @Timeout(90)
    void whenTheServerStopsThenItIsDownWithinTheTimeoutAndUpAgainAfterwards() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated()) {
            TestDatabase database = server.newDatabase();
            try (TestApplication application = TestApplication.with(
                    Map.of(
                            "spring.datasource.url", database.jdbcUrl(),
                            "spring.datasource.username", database.username(),
                            "spring.datasource.password", database.password()),
                    "spring.datasource.hikari.connection-timeout=2000")) {
                assertThat(health(application).getStatus()).isEqualTo(Status.UP);

                server.stop();
                long started = System.nanoTime();
                Health down = health(application);

                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
                assertThat(down.getStatus()).isEqualTo(Status.DOWN);
                assertThat(down.getDetails().toString())
                        .contains("UNREACHABLE")
                        .doesNotContain(database.password(), database.username(), "jdbc:");

                server.start();
                // At once, unless the pool has tried so often meanwhile that the circuit is open, for ten seconds.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> health(application).getStatus(), Status.UP::equals);
            }
        }
    }

    // Somebody opens the page just because of that, and does not wait for as long as a pool does.
    @Test
    @Timeout(90)
    void whenTheServerStopsThenTheEndpointStillSaysWhatMayBeAskedFor() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated()) {
            TestDatabase database = server.newDatabase();
            try (TestApplication application = TestApplication.with(Map.of(
                    "spring.datasource.url", database.jdbcUrl(),
                    "spring.datasource.username", database.username(),
                    "spring.datasource.password", database.password()))) {
                DovetailEndpoint endpoint = new DovetailEndpoint(application.database(), null, null, List.of(), true);
                assertThat(about(endpoint)).containsKey("version");

                server.stop();
                long started = System.nanoTime();

                assertThat(about(endpoint).keySet()).hasToString("[sections, actions]");
                assertThat(about(endpoint)).doesNotContainKey("version");
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));

                server.start();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> about(endpoint).containsKey("version"));
            }
        }
    }

    private static Map<String, Object> about(DovetailEndpoint endpoint) {
        Object about = endpoint.section("about");
        Map<String, Object> shown = new LinkedHashMap<>();
        assertThat(about).isInstanceOf(Map.class);
        ((Map<?, ?>) Objects.requireNonNull(about)).forEach((name, value) -> shown.put(String.valueOf(name), value));
        return shown;
    }

    @Test
    void whenTheFileIsDeletedThenItIsDown() throws IOException {
        try (TestApplication application = TestApplication.on(TestEngine.SQLITE)) {
            Files.delete(file(application));

            Health down = health(application);

            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(String.valueOf(down.getDetails().get("issues"))).contains("deleted or replaced");
            assertThat(String.valueOf(down.getDetails().get("recommendations"))).contains("Stop the application");
        }
    }

    @Test
    void whenTheFileIsReplacedThenItIsDown() throws IOException {
        try (TestApplication application = TestApplication.on(TestEngine.SQLITE)) {
            Path other = Files.createTempFile("dovetail-test-", ".db");
            Files.move(other, file(application), StandardCopyOption.REPLACE_EXISTING);

            assertThat(health(application).getStatus()).isEqualTo(Status.DOWN);
        }
    }

    private static Path file(TestApplication application) {
        return Path.of(
                Objects.requireNonNull(application.bean(EngineConnections.class).files())
                        .path());
    }

    private static Health health(TestApplication application) {
        return Objects.requireNonNull(new DatabaseHealthIndicator(
                        application.bean(Database.class),
                        application.dataSource(),
                        application.bean(EngineConnections.class).files())
                .health());
    }
}
