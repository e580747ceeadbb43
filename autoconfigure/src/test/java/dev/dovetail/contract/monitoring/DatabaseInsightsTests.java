package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.Database;
import dev.dovetail.DatabaseInsights;
import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.cache.CacheAdvice;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.AdviceReport;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.statistics.HeldConnection;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is advised stands beside what the statements did. */
@EngineContract
class DatabaseInsightsTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TestEngine engine;
    private final TestApplication application;
    private final Database database;

    DatabaseInsightsTests(TestEngine engine) {
        this.engine = engine;
        this.application = Family.start(engine, "dovetail.cache.advice=true");
        this.database = application.database();
        application.define("""
                CREATE INDEX parent ON child (parent);
                CREATE INDEX parent_name ON child (parent, name);
                CREATE INDEX parent_name_id ON child (parent, name, id)""");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private AdviceReport advise() {
        return application.bean(Advisor.class).advise();
    }

    @Test
    void beforeAnybodyHasLookedNothingIsKnown() {
        assertThat(database.insights().advice()).isEmpty();
        assertThat(database.insights().advisedAt()).isNull();
        assertThat(database.insights().cacheAdvice()).isEmpty();
    }

    @Test
    void whatWasAdvisedLastIsToldWithoutLookingAnew() {
        AdviceReport report = advise();
        assertThat(report.advice()).extracting(Advice::kind).contains(Kind.REDUNDANT_INDEX);

        application.template().execute("DROP INDEX parent");
        application.template().execute("DROP INDEX parent_name");
        application.statements();
        DatabaseInsights insights = database.insights(HOUR, 100);

        assertThat(application.statements()).as("executed for that").isEmpty();
        assertThat(insights.advice()).isEqualTo(report.advice());
        assertThat(insights.advisedAt()).isEqualTo(report.startedAt());
        advise();
        assertThat(database.insights(HOUR, 100).advice())
                .extracting(Advice::kind)
                .doesNotContain(Kind.REDUNDANT_INDEX);
    }

    @Test
    void ofTheAdviceThereIsNoMoreThanAskedForAndTheMostImportantFirst() {
        List<Advice> all = advise().advice();
        assertThat(all).hasSizeGreaterThan(1);

        assertThat(database.insights(HOUR, 1).advice()).containsExactly(all.get(0));
    }

    @Test
    void whoHoldsAConnectionIsThereForAsLongAsItIsHeld() {
        assertThat(database.insights().heldConnections()).isEmpty();
        database.query("orders of today")
                .run(() -> application.transaction().execute(status -> {
                    application.template().execute("SELECT 1 FROM child");
                    HeldConnection held = database.insights().heldConnections().get(0);
                    assertThat(held.pool()).isEqualTo(engine.hasSingleWriter() ? "writer" : "primary");
                    assertThat(held.lasting()).isPositive();
                    assertThat(held.operation()).isEqualTo("orders of today");
                    assertThat(held.method()).startsWith("DatabaseInsightsTests.");
                    assertThat(held.thread()).isEqualTo(Thread.currentThread().getName());
                    assertThat(section("pools")
                                    .path(0)
                                    .path("held")
                                    .path(0)
                                    .path("operation")
                                    .asString(""))
                            .isEqualTo("orders of today");
                    return 1;
                }));
        assertThat(database.insights().heldConnections()).isEmpty();
        assertThat(section("pools").path(0).path("held").size()).isZero();
    }

    @Test
    void whatCachesWouldSaveIsThereAsInTheEndpoint() {
        neverFound("never");
        neverFound("neither");

        List<CacheAdvice> advice = database.insights().cacheAdvice();

        assertThat(advice).extracting(CacheAdvice::method).containsExactlyInAnyOrder("never", "neither");
        assertThat(database.insights(HOUR, 1).cacheAdvice()).containsExactly(advice.get(0));
        assertThat(section("cache").path("advice").findValuesAsString("method"))
                .containsExactlyInAnyOrder("never", "neither");
    }

    private void neverFound(String query) {
        for (int i = 0; i < 500; i++) {
            int key = i;
            database.query(query)
                    .key(key)
                    .cached()
                    .run(() -> application
                            .template()
                            .queryForObject("SELECT count(*) FROM child WHERE id = ?", Long.class, key));
        }
    }

    private JsonNode section(String name) {
        JsonMapper mapper = application.bean(EndpointJsonMapper.class).get();
        Object section = application.bean(DovetailEndpoint.class).section(name);
        return mapper.readTree(mapper.writeValueAsString(Objects.requireNonNull(section)));
    }

    @Test
    void statementsAreThoseOfTheStatistics() {
        Family.children(application, 10);

        DatabaseInsights insights = database.insights();

        assertThat(insights.mostFrequent())
                .isNotEmpty()
                .isEqualTo(application
                        .bean(StatementStatistics.class)
                        .insights(HOUR, 10)
                        .mostFrequent());
        assertThat(insights.window()).isEqualTo(HOUR);
    }

    @Test
    void withoutMonitoringThereIsStillTheAdviceOnCaches() {
        try (TestApplication off =
                Family.start(engine, "dovetail.monitoring.enabled=false", "dovetail.cache.advice=true")) {
            DatabaseInsights insights = off.database().insights(HOUR, 3);
            assertThat(insights.advice()).isEmpty();
            assertThat(insights.advisedAt()).isNull();
            assertThat(insights.mostFrequent()).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> off.database().insights(HOUR, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> off.database().insights(Duration.ZERO, 1));
        }
    }
}
