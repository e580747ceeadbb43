package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.DatabaseInsights;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.monitoring.Family.Child;
import dev.dovetail.contract.monitoring.Family.Children;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.monitoring.statistics.ErrorPattern;
import dev.dovetail.monitoring.statistics.QueryFinding;
import dev.dovetail.monitoring.statistics.StatementFigures;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.monitoring.statistics.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What is seen of the statements of a running application. */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class StatementStatisticsContractTests {

    private final TestEngine engine;
    private final TestApplication application;
    private final Children children;

    StatementStatisticsContractTests(TestEngine engine) {
        this.engine = engine;
        this.application = Family.start(engine, "dovetail.slow-query-threshold=60ms");
        this.children = application.bean(Children.class);
    }

    @AfterEach
    void stop() {
        RequestContextHolder.resetRequestAttributes();
        application.close();
    }

    private DatabaseInsights insights() {
        return application.database().insights();
    }

    private StatementFigures figuresOf(String caller) {
        List<StatementFigures> found = application.bean(StatementStatistics.class).statements().stream()
                .filter(each -> each.callers().contains(caller))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void statementsAreKnownByTheMethodThatExecutedThem() {
        Family.children(application, 30);
        for (int i = 0; i < 3; i++) {
            children.findByParent(i);
        }
        StatementFigures figures = figuresOf("Children.findByParent");
        assertThat(figures.count()).isEqualTo(3);
        assertThat(figures.rows()).isEqualTo(9);
        assertThat(figures.query()).isTrue();
        assertThat(figures.text()).startsWith("SELECT").doesNotContain("child1");
        assertThat(figures.maxNanos()).isGreaterThanOrEqualTo(figures.p50Nanos());
    }

    @Test
    void aStreamThatIsReadAfterItsCallIsStillItsMethods() {
        Family.children(application, 5);
        application.transaction().executeWithoutResult(status -> {
            try (Stream<Child> all = children.all()) {
                assertThat(all.count()).isEqualTo(5);
            }
        });
        assertThat(figuresOf("Children.all").rows()).isEqualTo(5);
    }

    @Test
    void aNamedQueryIsKnownByItsName() {
        application
                .database()
                .query("parents")
                .run(() -> application
                        .jdbc()
                        .sql("SELECT DISTINCT parent FROM child")
                        .query(Long.class)
                        .list());
        assertThat(figuresOf("parents").count()).isEqualTo(1);
    }

    @Test
    void aSlowStatementIsOneLineWithItsContext(CapturedOutput output) {
        Family.children(application, 3);
        MDC.put("traceId", "4bf92f3577b34da6");
        try {
            for (int i = 0; i < 3; i++) {
                application
                        .transaction()
                        .executeWithoutResult(status -> application
                                .jdbc()
                                .sql("SELECT count(*) FROM child WHERE name <> 'marker-one' AND name <> ? AND "
                                        + engine.slowCondition())
                                .param("marker-two")
                                .query(Long.class)
                                .single());
            }
        } finally {
            MDC.remove("traceId");
        }
        List<String> lines = output.getAll()
                .lines()
                .filter(line -> line.contains("Slow statement") && line.contains("FROM child WHERE"))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .contains("WARN")
                .containsPattern("Slow statement: \\d+ ms, 1 row\\(s\\) read, by no repository, on the writer")
                .contains("transaction ", "trace 4bf92f3577b34da6", "WHERE name <> ?")
                .doesNotContain("marker");
        assertThat(application.database().statistics().queries().slow()).isGreaterThanOrEqualTo(3);
        assertThat(insights().slowest().get(0).text()).contains("WHERE name <> ?");
        assertThat(insights().slowest().get(0).count()).isEqualTo(3);
    }

    @Test
    void aSlowQueryIsExplainedWithoutValuesAndNeverAChange() {
        Family.children(application, 300);
        String slow = " AND " + engine.slowCondition();
        application
                .jdbc()
                .sql("SELECT name FROM child WHERE parent <> 4711 AND name <> 'marker' AND name <> ?" + slow)
                .param("marker")
                .query(String.class)
                .list();
        application
                .jdbc()
                .sql("UPDATE child SET name = name WHERE name = 'child7'" + slow)
                .update();
        application
                .jdbc()
                .sql("SELECT name FROM child WHERE id = ?" + slow)
                .param(1)
                .query(String.class)
                .list();

        Awaitility.await().ignoreException(NullPointerException.class).untilAsserted(() -> {
            QueryPlan scan = Objects.requireNonNull(planOf("parent <> ?"), "not asked yet");
            assertThat(scan.fullScan()).isTrue();
            assertThat(scan.raw()).contains("child").doesNotContain("marker", "4711");
            QueryPlan search = Objects.requireNonNull(planOf("WHERE id = ?"), "not asked yet");
            assertThat(search.raw()).containsIgnoringCase(engine == TestEngine.SQLITE ? "SEARCH child" : "child_pkey");
        });
        assertThat(planOf("UPDATE child")).isNull();
        assertThat(application
                        .jdbc()
                        .sql("SELECT count(*) FROM child")
                        .query(Long.class)
                        .single())
                .isEqualTo(300);
    }

    private @Nullable QueryPlan planOf(String part) {
        return application.bean(StatementStatistics.class).statements().stream()
                .filter(each -> each.text().contains(part))
                .findFirst()
                .orElseThrow()
                .plan();
    }

    @Test
    void tenQueriesInOneTransactionAreOneInsightWithTheMethodThatLoops(CapturedOutput output) {
        Family.children(application, 30);
        application.transaction().executeWithoutResult(status -> loop());
        assertThat(insights().nPlusOne()).hasSize(1);
        QueryFinding finding = insights().nPlusOne().get(0);
        assertThat(finding.operation()).isEqualTo("Children.findByParent");
        assertThat(finding.caller()).isEqualTo("StatementStatisticsContractTests.loop");
        assertThat(finding.most()).isEqualTo(10);
        assertThat(finding.times()).isEqualTo(1);
        assertThat(output).containsOnlyOnce("The same query ran 10 times");
    }

    private void loop() {
        for (int i = 0; i < 10; i++) {
            children.findByParent(i);
        }
    }

    @Test
    void tenRequestsOfOneQueryAreNoneAndOneOfTenIsOne() {
        Family.children(application, 30);
        for (int i = 0; i < 10; i++) {
            request();
            children.findByParent(i);
        }
        assertThat(insights().nPlusOne()).isEmpty();
        request();
        loop();
        assertThat(insights().nPlusOne()).hasSize(1);
    }

    private static void request() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
    }

    @Test
    void aLargeResultIsReadAsItIsAndToldOfOnce(CapturedOutput output) {
        Family.children(application, 1500);
        assertThat(children.findAll()).hasSize(1500);
        assertThat(children.findAll()).hasSize(1500);
        assertThat(insights().largeResults()).hasSize(1);
        assertThat(insights().largeResults().get(0).most()).isEqualTo(1500);
        assertThat(insights().largeResults().get(0).operation()).isEqualTo("Children.findAll");
        assertThat(output).containsOnlyOnce("A result of 1500 rows was read");
    }

    @Test
    void failuresArePatternsByCodeAndStatement() {
        Family.children(application, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowable(() -> application
                            .jdbc()
                            .sql("INSERT INTO child (parent, name) VALUES (?, 'child0')")
                            .param(1)
                            .update()))
                    .isInstanceOf(DuplicateKeyException.class);
        }
        assertThat(insights().errorPatterns()).hasSize(1);
        ErrorPattern pattern = insights().errorPatterns().get(0);
        assertThat(pattern.error()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
        assertThat(pattern.count()).isEqualTo(3);
        assertThat(pattern.statements())
                .extracting(ErrorPattern.FailedStatement::text)
                .containsExactly("INSERT INTO child (parent, name) VALUES (?, …)");
        assertThat(application.database().statistics().queries().failed()).isEqualTo(3);
    }

    @Test
    void statisticsCountConnectionsAndCaches() {
        Family.children(application, 20);
        children.countByParent(1);
        children.countByParent(1);
        Statistics statistics = application.database().statistics();
        assertThat(statistics.cache().hits() + statistics.cache().misses()).isEqualTo(2);
        assertThat(statistics.connections().active()).isZero();
        assertThat(statistics.connections().peak()).isPositive();
        application.transaction().executeWithoutResult(status -> {
            application.jdbc().sql("SELECT 1").query(Integer.class).single();
            assertThat(application.database().statistics().connections().active())
                    .isEqualTo(1);
        });
        assertThat(statistics.connections().total())
                .isGreaterThanOrEqualTo(statistics.connections().peak());
        assertThat(statistics.queries().total()).isPositive();
        assertThat(statistics.queries().averageTime()).isGreaterThan(Duration.ZERO);
    }
}
