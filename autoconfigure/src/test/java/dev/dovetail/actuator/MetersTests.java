package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.Database;
import dev.dovetail.autoconfigure.DovetailActuatorAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.LogCheckpoint;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.transaction.Outbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is measured, compared with what the documentation says is measured. */
class MetersTests {

    private static final Path PAGE = Path.of("..", "docs", "observability.md");

    @ParameterizedTest
    @EnumSource
    void whenStatementsRunThenTheyAreCountedByRoleAndOutcome(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            use(context.getBean(JdbcTemplate.class));

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("dovetail.statements")
                            .tags("role", "writer", "kind", "change", "outcome", "success")
                            .timer()
                            .count())
                    .isGreaterThanOrEqualTo(2);
            assertThat(registry.get("dovetail.statements")
                            .tags("role", "writer", "kind", "change", "outcome", "unique_violation")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("dovetail.writer.wait").timer().count()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenConnectionsAreInUseThenThePoolsSaySo(TestEngine engine) throws SQLException {
        try (ConfigurableApplicationContext context = start(engine)) {
            RoutingDataSource dataSource = context.getBean(RoutingDataSource.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("SELECT 1");
                for (HikariDataSource pool : dataSource.hikariPools()) {
                    assertThat(registry.get("hikaricp.connections.active")
                                    .tag("pool", pool.getPoolName())
                                    .gauge()
                                    .value())
                            .isEqualTo(pool.getHikariPoolMXBean().getActiveConnections());
                }
                assertThat(registry.get("jdbc.connections.active").gauge().value())
                        .isEqualTo(1);
                String writers = engine == TestEngine.SQLITE ? "writer" : "primary";
                assertThat(registry.get("dovetail.pool.utilisation")
                                .tag("pool", writers)
                                .gauge()
                                .value())
                        .isEqualTo(engine == TestEngine.SQLITE ? 1.0 : 0.1);
                connection.rollback();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTransactionsEndThenTheyAreCountedByOutcome(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            Database database = context.getBean(Database.class);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            database.inTransaction(transaction -> jdbc.queryForList("SELECT 1"));
            assertThat(catchThrowable(() -> database.inTransaction(transaction -> {
                        throw new IllegalStateException("no");
                    })))
                    .hasMessage("no");

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (String outcome : List.of("commit", "rollback")) {
                assertThat(registry.get("dovetail.transactions")
                                .tag("outcome", outcome)
                                .timer()
                                .count())
                        .as(outcome)
                        .isEqualTo(1);
            }
            assertThat(registry.get("dovetail.circuit.open")
                            .tag("role", "writer")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    void whenAUnitIsRunAgainThenItIsCountedByItsReason() {
        try (ConfigurableApplicationContext context = start(TestEngine.POSTGRESQL)) {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            AtomicInteger attempts = new AtomicInteger();
            context.getBean(Database.class).inTransaction(transaction -> {
                if (attempts.incrementAndGet() < 3) {
                    jdbc.execute("DO 'BEGIN RAISE SQLSTATE ''40001''; END'");
                }
                return true;
            });

            assertThat(context.getBean(MeterRegistry.class)
                            .get("dovetail.transaction.retries")
                            .tag("reason", "serialization_failure")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotFinishedIsTold(TestEngine engine) {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.with(database, Registry.class)) {
            MeterRegistry registry = application.bean(MeterRegistry.class);
            application.defineOwnTables();
            assertThat(gauge(registry, "dovetail.outbox.waiting")).isZero();
            assertThat(gauge(registry, "dovetail.outbox.oldest.age")).isZero();

            application.transaction().executeWithoutResult(status -> {
                application.bean(Outbox.class).send("orders", "first");
                application.bean(Outbox.class).send("orders", "second");
            });
            application.template().update("UPDATE dovetail_outbox SET created_at = created_at - 60000");
            assertThat(gauge(registry, "dovetail.outbox.waiting")).isEqualTo(2);
            assertThat(gauge(registry, "dovetail.outbox.oldest.age")).isBetween(60.0, 120.0);

            for (int i = 0; i < 3; i++) {
                application.database().saga("trip").step("flight", saga -> {}).run("anna");
            }
            assertThat(gauge(registry, "dovetail.saga.open")).isZero();
            application.template().update("UPDATE dovetail_saga SET state = 'RUNNING'");
            assertThat(gauge(registry, "dovetail.saga.open")).isEqualTo(3);
            assertThat(gauge(registry, "dovetail.saga.stuck")).isZero();
            application.template().update("UPDATE dovetail_saga SET state = 'COMPENSATING', attempts = 1");
            assertThat(gauge(registry, "dovetail.saga.stuck")).isEqualTo(3);

            application.template().execute("DROP TABLE dovetail_outbox");
            assertThat(gauge(registry, "dovetail.outbox.waiting")).isNaN();
            application.statements();
            assertThat(gauge(registry, "dovetail.outbox.waiting")).isNaN();
            assertThat(application.statements()).isEmpty();
        }
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).gauge().value();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories
    @ImportAutoConfiguration({
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class
    })
    static class Registry {}

    @Test
    void theDocumentationListsEveryMeterOfOurs() throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        for (TestEngine engine : TestEngine.values()) {
            rows.addAll(rows(engine));
        }
        assertThat(documented()).containsExactlyElementsOf(rows);
    }

    private static Set<String> rows(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            use(context.getBean(JdbcTemplate.class));
            DatabaseMetrics metrics = context.getBean(DatabaseMetrics.class);
            metrics.onTransaction(Duration.ofMillis(1), true);
            metrics.onRetry("transfer", DatabaseError.of(ErrorCode.DEADLOCK, "40P01"));
            context.getBean(MaintenanceMetrics.class)
                    .onCheckpoint(new LogCheckpoint.Result(LogCheckpoint.Mode.PASSIVE, false, 0, 0, 0));
            TreeSet<String> rows = new TreeSet<>();
            for (Meter meter : context.getBean(MeterRegistry.class).getMeters()) {
                boolean ofAnother = meter.getId().syntheticAssociation() != null;
                if (meter.getId().getName().startsWith("dovetail.") && !ofAnother) {
                    rows.add(row(meter.getId()));
                }
            }
            return rows;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSizeOfTheDatabaseAndWhatItsEngineKnowsIsTold(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            HealthMonitor monitor = context.getBean(HealthMonitor.class);
            jdbc.execute("CREATE TABLE item (id integer PRIMARY KEY, content text)");
            monitor.evaluate();
            double before = gauge(registry, "dovetail.database.size");
            String content = IntStream.range(0, 312_500)
                    .mapToObj(i -> UUID.randomUUID().toString().substring(0, 32))
                    .collect(Collectors.joining());
            jdbc.update("INSERT INTO item VALUES (1, ?)", content);
            if (engine == TestEngine.SQLITE) {
                jdbc.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            monitor.evaluate();
            assertThat(gauge(registry, "dovetail.database.size") - before).isBetween(5e6, 15e6);

            if (engine == TestEngine.SQLITE) {
                jdbc.update("DELETE FROM item");
                monitor.evaluate();
                assertThat(gauge(registry, "dovetail.database.free")).isBetween(9e6, 12e6);
                assertThat(gauge(registry, "dovetail.disk.free")).isPositive();
            } else {
                assertThat(gauge(registry, "dovetail.database.cache.hit.rate")).isBetween(0.0, 1.0);
                assertThat(gauge(registry, "dovetail.database.dead.rows")).isNotNegative();
                double connections = registry.get("dovetail.database.connections").gauges().stream()
                        .mapToDouble(Gauge::value)
                        .sum();
                assertThat(connections).isGreaterThanOrEqualTo(1);
            }
        }
    }

    private static String row(Meter.Id id) {
        String tags = id.getTags().stream()
                .map(Tag::getKey)
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(id.getName(), id.getType().name().toLowerCase(Locale.ROOT), tags, id.getDescription());
    }

    private static List<String> documented() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `dovetail.")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static void use(JdbcTemplate jdbc) {
        jdbc.execute("CREATE TABLE item (id integer PRIMARY KEY)");
        jdbc.update("INSERT INTO item VALUES (1)");
        jdbc.queryForList("SELECT * FROM item");
        assertThat(catchThrowable(() -> jdbc.update("INSERT INTO item VALUES (1)")))
                .isInstanceOf(DuplicateKeyException.class);
    }

    private static ConfigurableApplicationContext start(TestEngine engine) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(Map.copyOf(engine.freshDatabase()))
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DovetailDataSourceAutoConfiguration.class,
        DovetailActuatorAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        DataSourcePoolMetricsAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class
    })
    static class Application {}
}
