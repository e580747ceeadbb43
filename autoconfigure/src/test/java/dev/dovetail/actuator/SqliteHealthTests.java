package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EngineConnections;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What health says of a database with one writer. */
@ExtendWith(OutputCaptureExtension.class)
class SqliteHealthTests {

    @Test
    void whenALongTransactionHoldsTheWriterThenItIsUpAtOnce() {
        try (TestApplication application = TestApplication.on(TestEngine.SQLITE)) {
            application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
            application.transaction().executeWithoutResult(status -> {
                application.template().update("INSERT INTO item VALUES (1)");
                long started = System.nanoTime();

                Health health = health(application);

                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(String.valueOf(health.getDetails().get("issues"))).isEqualTo("[]");
            });
        }
    }

    @Test
    void whenAPragmaOfTheApplicationIsUnknownThenItStartsAndSaysSo(CapturedOutput output) {
        try (TestApplication application =
                TestApplication.on(TestEngine.SQLITE, "dovetail.sqlite.pragmas.no_such_pragma=7")) {
            Health health = health(application);

            assertThat(output).contains("SQLite's no_such_pragma is does not answer instead of 7");
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            Map<?, ?> settings =
                    (Map<?, ?>) Objects.requireNonNull(health.getDetails().get("settings"));
            assertThat(settings.get("no_such_pragma")).isEqualTo(Map.of("expected", "7", "actual", "does not answer"));
            assertThat(String.valueOf(health.getDetails().get("issues"))).contains("no_such_pragma");
        }
    }

    private static Health health(TestApplication application) {
        return Objects.requireNonNull(new DatabaseHealthIndicator(
                        application.bean(Database.class),
                        application.dataSource(),
                        application.bean(EngineConnections.class).files())
                .health());
    }
}
