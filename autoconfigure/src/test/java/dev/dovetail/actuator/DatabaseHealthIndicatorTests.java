package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.EngineConnections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What health says while the database answers. */
@EngineContract
class DatabaseHealthIndicatorTests {

    private final TestEngine engine;
    private final TestApplication application;

    DatabaseHealthIndicatorTests(TestEngine engine) {
        this.engine = engine;
        this.application = TestApplication.on(engine);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void whenAllIsWellThenItIsUpWithoutIssues() {
        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("engine", engine == TestEngine.SQLITE ? "sqlite" : "postgresql")
                .containsEntry("flavour", engine == TestEngine.SQLITE ? "SQLite" : "PostgreSQL")
                .containsEntry("issues", List.of())
                .containsEntry("recommendations", List.of())
                .containsKeys("version", "settings", "pools");
    }

    @Test
    void whenAllIsWellThenSettingsAreWhatTheDatabaseReports() {
        Map<String, ?> settings = settings(health());
        if (engine == TestEngine.SQLITE) {
            assertThat((Object) settings.get("journal_mode")).isEqualTo("wal");
            assertThat((Object) settings.get("cache_size")).isEqualTo("-64000");
        } else {
            assertThat(settings.keySet())
                    .map(String::valueOf)
                    .contains(
                            "max_connections",
                            "shared_buffers",
                            "effective_cache_size",
                            "work_mem",
                            "maintenance_work_mem",
                            "wal_level",
                            "max_wal_size",
                            "statement_timeout",
                            "application_name");
        }
        assertThat(settings.values()).noneMatch(Map.class::isInstance);
    }

    @Test
    void whenThereArePoolsThenTheirNumbersAreThere() {
        Map<?, ?> pools =
                (Map<?, ?>) Objects.requireNonNull(health().getDetails().get("pools"));
        String writers = engine == TestEngine.SQLITE ? "writer" : "primary";
        Map<?, ?> pool = (Map<?, ?>) Objects.requireNonNull(pools.get(writers));
        assertThat(pool.get("maximum")).isEqualTo(engine == TestEngine.SQLITE ? 1 : 10);
        assertThat(pool.get("utilisation")).isInstanceOf(Double.class);
        assertThat((Integer) pool.get("peak")).isGreaterThanOrEqualTo((Integer) pool.get("active"));
        assertThat(pools).hasSize(engine == TestEngine.SQLITE ? 2 : 1);
    }

    @Test
    void whenASettingWasChangedByHandThenBothValuesAreShown() {
        boolean sqlite = engine == TestEngine.SQLITE;
        String name = sqlite ? "foreign_keys" : "lock_timeout";
        application.template().execute(sqlite ? "PRAGMA foreign_keys = OFF" : "SET lock_timeout = '1s'");

        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(settings(health)).extractingByKey(name).isInstanceOf(Map.class);
        Map<?, ?> values = (Map<?, ?>) Objects.requireNonNull(settings(health).get(name));
        assertThat(values.get("expected")).isNotEqualTo(values.get("actual")).isNotNull();
        assertThat(String.valueOf(health.getDetails().get("issues"))).contains("Setting " + name + " is ");
    }

    private static Map<String, ?> settings(Health health) {
        @SuppressWarnings("unchecked") // as the indicator makes it
        Map<String, ?> settings =
                (Map<String, ?>) Objects.requireNonNull(health.getDetails().get("settings"));
        return settings;
    }

    private Health health() {
        EngineConnections connections = application.bean(EngineConnections.class);
        return Objects.requireNonNull(new DatabaseHealthIndicator(
                        application.bean(Database.class), application.dataSource(), connections.files())
                .health());
    }
}
