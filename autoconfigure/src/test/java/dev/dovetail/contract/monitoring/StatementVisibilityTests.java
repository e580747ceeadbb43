package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.monitoring.Family.Children;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What of the statements is shown outside, and that no value ever is. */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class StatementVisibilityTests {

    private static final String MARKER = "marker4711";

    private final TestEngine engine;

    StatementVisibilityTests(TestEngine engine) {
        this.engine = engine;
    }

    private static JsonNode section(TestApplication application) {
        JsonMapper mapper = application.bean(EndpointJsonMapper.class).get();
        Object section = application.bean(DovetailEndpoint.class).section("queries");
        return mapper.readTree(mapper.writeValueAsString(Objects.requireNonNull(section)));
    }

    @Test
    void noValueIsInLogsEndpointOrMeters(CapturedOutput output) {
        try (TestApplication application = Family.start(
                engine,
                "logging.level.dev.dovetail=trace",
                "dovetail.slow-query-threshold=1ns",
                "dovetail.monitoring.large-result-rows=1",
                "dovetail.monitoring.repeated-query-threshold=2")) {
            application.transaction().executeWithoutResult(status -> useMarkers(application));
            fail(application, "INSERT INTO child (id, parent, name) VALUES (7, 1, '" + MARKER + "')");
            fail(application, "SELECT nothing FROM child WHERE name = '" + MARKER + "'");
            fail(application, "SELECT 1 FROM child WHERE name = '" + MARKER);

            assertThat(output)
                    .contains("Slow statement")
                    .contains("The same query ran")
                    .contains("A result of");
            assertThat(output.getAll()).doesNotContain(MARKER);
            JsonNode section = section(application);
            assertThat(section.path("nPlusOne").size()).isPositive();
            assertThat(section.path("errorPatterns").size()).isPositive();
            assertThat(section.toString()).doesNotContain(MARKER);
            assertThat(application.database().insights().toString()).doesNotContain(MARKER);
            assertThat(meters(application)).contains("dovetail.statements.slow").doesNotContain(MARKER);
        }
    }

    private static void useMarkers(TestApplication application) {
        application.template().update("INSERT INTO child (id, parent, name) VALUES (7, 1, ?)", MARKER);
        application.template().update("INSERT INTO child (id, parent, name) VALUES (8, 1, 'other" + MARKER + "')");
        for (int i = 0; i < 3; i++) {
            application
                    .template()
                    .queryForList(
                            "SELECT * FROM child WHERE name IN ('" + MARKER + "', ?, 'other" + MARKER + "') /* "
                                    + MARKER + " */ -- " + MARKER,
                            MARKER + i);
            application.bean(Children.class).findByParent(1);
        }
    }

    private static void fail(TestApplication application, String sql) {
        assertThat(catchThrowable(() -> application.template().execute(sql))).isInstanceOf(DataAccessException.class);
    }

    private static String meters(TestApplication application) {
        return application.bean(MeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void metersAgreeWithTheStatistics() {
        try (TestApplication application = Family.start(engine, "dovetail.slow-query-threshold=1ns")) {
            Family.children(application, 10);
            application.bean(Children.class).findByParent(1);
            fail(application, "INSERT INTO child (id, parent, name) VALUES (1, 1, 'child1')");
            MeterRegistry registry = application.bean(MeterRegistry.class);
            assertThat(registry.get("dovetail.statements.slow")
                            .functionCounter()
                            .count())
                    .isEqualTo((double)
                            application.bean(StatementStatistics.class).totals().slow())
                    .isPositive();
            assertThat(registry.get("dovetail.statements.errors")
                            .tag("code", "unique_violation")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("dovetail.statements")
                            .tags("kind", "query", "outcome", "success")
                            .timer()
                            .takeSnapshot()
                            .histogramCounts()[0]
                            .bucket(TimeUnit.MILLISECONDS))
                    .isEqualTo(100);
            assertThat(registry.get("dovetail.statements.latency")
                            .tag("quantile", "0.95")
                            .timeGauge()
                            .value(TimeUnit.SECONDS))
                    .isBetween(1e-7, 10.0);
        }
    }

    @Test
    void whenSwitchedOffThenNothingIsWatchedAndAllElseWorks() {
        try (TestApplication application = Family.start(engine, "dovetail.monitoring.enabled=false")) {
            Family.children(application, 3);
            assertThat(application.bean(Children.class).findByParent(1)).hasSize(1);
            assertThat(application
                            .context()
                            .getBeanProvider(StatementStatistics.class)
                            .getIfAvailable())
                    .isNull();
            assertThat(application.bean(DovetailEndpoint.class).section("queries"))
                    .isNull();
            assertThat(application.database().insights().mostFrequent()).isEmpty();
            assertThat(application.database().statistics().queries().total()).isZero();
            assertThat(application.database().statistics().connections().total())
                    .isPositive();
        }
    }

    @Test
    void callsAreObservedOnlyIfThatIsWanted() {
        try (TestApplication application = Family.start(engine, "dovetail.monitoring.observations=true")) {
            Family.children(application, 3);
            application.bean(Children.class).findByParent(1);
            assertThat(application
                            .bean(MeterRegistry.class)
                            .get("dovetail.repository")
                            .tags("repository", "Children", "method", "findByParent", "error", "none")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        try (TestApplication application = Family.start(engine)) {
            application.bean(Children.class).findByParent(1);
            assertThat(application
                            .bean(MeterRegistry.class)
                            .find("dovetail.repository")
                            .timer())
                    .isNull();
        }
    }
}
