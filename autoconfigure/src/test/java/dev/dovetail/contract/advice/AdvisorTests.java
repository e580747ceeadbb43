package dev.dovetail.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.AdviceReport;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.advice.Evidence;
import dev.dovetail.monitoring.advice.ObservedStatement;
import dev.dovetail.monitoring.advice.ObservedStatements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is advised, and what is not, on both engines (F69, F145). */
@EngineContract
class AdvisorTests {

    private final TestApplication application;
    private final Watching watching;

    AdvisorTests(TestEngine engine) {
        application = TestApplication.withBeans(
                engine.freshDatabase(), Watching.class, "management.endpoints.web.exposure.include=dovetail");
        watching = application.bean(Watching.class);
    }

    @BeforeEach
    void define() {
        application.define("""
                CREATE TABLE town (id integer PRIMARY KEY, name text NOT NULL);
                CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, town integer REFERENCES town,
                    sex text NOT NULL, born integer NOT NULL)""");
        application.template().execute("INSERT INTO town VALUES (1, 'Graz')");
    }

    private void fill(int rows) {
        application.template().update("""
                INSERT INTO person
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT i, 'somebody' || i || '@example.org', 1, CASE i %% 2 WHEN 0 THEN 'f' ELSE 'm' END, i %% 1000 FROM n""".formatted(rows));
        application.template().execute("ANALYZE");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private AdviceReport advise() {
        return application.bean(Advisor.class).advise();
    }

    private List<String> subjects(Kind kind) {
        return advise().advice().stream()
                .filter(advice -> advice.kind() == kind)
                .map(Advice::subject)
                .toList();
    }

    @Test
    void aStatementThatIsRunOftenGetsItsIndexWithPlansAndItsCount() {
        fill(50_000);
        watching.ran("SELECT * FROM person WHERE email = ?", 10);

        AdviceReport report = advise();

        Advice advice = report.advice().stream()
                .filter(each -> each.kind() == Kind.MISSING_INDEX)
                .findFirst()
                .orElseThrow();
        assertThat(advice.id()).isEqualTo("missing-index:person(email)");
        assertThat(advice.sql())
                .startsWith("CREATE INDEX")
                .contains("\"idx_person_email\" ON", "\"person\" (\"email\")");
        Evidence evidence = Objects.requireNonNull(advice.evidence());
        assertThat(evidence.planBefore()).containsIgnoringCase("scan").doesNotContain("idx_person_email");
        assertThat(evidence.planAfter()).contains("idx_person_email");
        assertThat(evidence.statements()).extracting(ObservedStatement::count).containsExactly(10L);
        assertThat(application.bean(Advisor.class).last()).contains(report);

        application.template().execute(Objects.requireNonNull(advice.sql()));
        assertThat(subjects(Kind.MISSING_INDEX)).isEmpty();
    }

    @Test
    void nothingIsAdvisedForWhatIsRareOrSmallOrLeadsToHalfOfTheTable() {
        fill(50_000);
        watching.ran("SELECT * FROM person WHERE email = ?", 2);
        watching.ran("SELECT * FROM person WHERE sex = ?", 100);
        watching.ran("SELECT * FROM town WHERE name = ?", 100);
        watching.ran("SELECT * FROM person WHERE id = ?", 100);
        watching.ran("INSERT INTO person VALUES (?, …)", 100);

        assertThat(subjects(Kind.MISSING_INDEX)).isEmpty();
    }

    @Test
    void whatIsRareButVerySlowGetsItsIndex() {
        fill(50_000);
        watching.statements.add(
                new ObservedStatement("SELECT * FROM person WHERE email = ?", 1, 2_000_000_000L, 2_000_000_000L));

        assertThat(subjects(Kind.MISSING_INDEX)).containsExactly("person(email)");
    }

    @Test
    void ofTwoIndexesOneOfWhichBeginsTheOtherTheLongerIsAdvisedForBoth() {
        fill(50_000);
        watching.ran("SELECT id FROM person WHERE born = ? ORDER BY email LIMIT ?", 10);
        watching.ran("SELECT id, sex FROM person WHERE born = ?", 10);

        List<Advice> missing = advise().advice().stream()
                .filter(advice -> advice.kind() == Kind.MISSING_INDEX)
                .toList();

        assertThat(missing).extracting(Advice::subject).hasSize(1);
        assertThat(Objects.requireNonNull(missing.get(0).evidence()).statements())
                .hasSize(2);
    }

    @Test
    void aBrokenStatementStopsNoOther() {
        fill(50_000);
        watching.ran("SELECT FROM WHERE person email = = ?", 50);
        watching.ran("SELECT * FROM person p, nowhere WHERE p.email = ? AND nowhere.x = ?", 50);
        watching.ran("SELECT * FROM person WHERE email = ? AND (((", 50);
        watching.ran("", 50);
        watching.ran("SELECT * FROM person WHERE email = ?", 10);

        AdviceReport report = advise();

        assertThat(report.advice()).extracting(Advice::id).contains("missing-index:person(email)");
        assertThat(report.problems()).hasSize(2).allMatch(problem -> problem.startsWith("The statement SELECT"));
    }

    @Test
    void aViewIsNotRunToSeeHowLargeItIs() throws Exception {
        fill(50_000);
        application.template().execute("""
                CREATE VIEW endless AS SELECT town.id, count(*) AS number
                  FROM town CROSS JOIN (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000000)
                                        SELECT i FROM n) many
                 GROUP BY town.id""");
        watching.ran(
                "SELECT p.id FROM endless v JOIN person p ON p.town = v.id WHERE p.email = ? AND v.number > ?", 10);

        assertThat(application.bean(Advisor.class).advise(Duration.ofSeconds(10)))
                .isPresent();
    }

    @Test
    void aForeignKeyWithoutIndexIsNamedUntilItHasOne() {
        assertThat(subjects(Kind.FOREIGN_KEY_INDEX)).containsExactly("person(town)");

        application.template().execute("CREATE INDEX person_town ON person (town, email)");

        assertThat(subjects(Kind.FOREIGN_KEY_INDEX)).isEmpty();
    }

    @Test
    void theShorterOfTwoIndexesIsRedundantAndNeverTheLonger() {
        application.template().execute("CREATE INDEX short ON person (email)");
        assertThat(subjects(Kind.REDUNDANT_INDEX)).isEmpty();

        application.template().execute("CREATE INDEX long ON person (email, born)");

        List<String> redundant = subjects(Kind.REDUNDANT_INDEX);
        assertThat(redundant).hasSize(1);
        assertThat(redundant.get(0)).endsWith("short");
    }

    @Test
    void whatDiffersInWhatItDoesIsNotRedundant() {
        application.template().execute("CREATE UNIQUE INDEX only_once ON person (email)");
        application.template().execute("CREATE INDEX more ON person (email, born)");
        application.template().execute("CREATE INDEX downwards ON person (born DESC)");
        application.template().execute("CREATE INDEX upwards ON person (born, town)");
        application.template().execute("CREATE INDEX partly ON person (town) WHERE born > 10");
        application.template().execute("CREATE INDEX wholly ON person (town, born)");
        application.template().execute("CREATE INDEX computed ON person (lower(sex))");
        application.template().execute("CREATE INDEX plain ON person (sex, email)");

        assertThat(subjects(Kind.REDUNDANT_INDEX)).isEmpty();
    }

    @Test
    void anIndexOverThePrimaryKeyIsRedundant() {
        application.template().execute("CREATE INDEX by_id ON person (id)");

        assertThat(subjects(Kind.REDUNDANT_INDEX)).hasSize(1);
    }

    @Test
    void whoAsksWhileItLooksGetsTheSameResult() throws Exception {
        Advisor advisor = application.bean(Advisor.class);
        watching.holding = true;
        Queue<AdviceReport> reports = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> first = OwnThread.run(() -> reports.add(advisor.advise()));
        assertThat(watching.asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(advisor.isRunning()).isTrue();
        assertThat(advisor.advise(Duration.ofMillis(1))).isEmpty();
        CompletableFuture<Void> second = OwnThread.run(() -> reports.add(advisor.advise()));
        watching.mayAnswer.countDown();

        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);

        assertThat(reports).hasSize(2);
        assertThat(advisor.isRunning()).isFalse();
        assertThat(watching.times.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void theEndpointShowsTheLastAdviceAndLooksAnewWhenAsked() {
        DovetailEndpoint endpoint = application.bean(DovetailEndpoint.class);
        assertThat(section(endpoint)).containsEntry("advice", List.of()).containsEntry("running", false);

        Object answer = endpoint.act("advise", null, null, null, null);

        assertThat(answer).isEqualTo(section(endpoint));
        assertThat(String.valueOf(section(endpoint).get("advice"))).contains("foreign-key-index:person(town)");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(DovetailEndpoint endpoint) {
        return (Map<String, Object>) Objects.requireNonNull(endpoint.section("advice"));
    }

    @Test
    void whenTheApplicationHasEndedNothingIsLookedAtAnyMore() {
        Advisor advisor = application.bean(Advisor.class);
        application.close();

        assertThatThrownBy(advisor::advise).isInstanceOf(CancellationException.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Watching {

        private final List<ObservedStatement> statements = new CopyOnWriteArrayList<>();
        private final AtomicInteger times = new AtomicInteger();
        private volatile boolean holding;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch mayAnswer = new CountDownLatch(1);

        private void awaitLeave() {
            try {
                if (holding && !mayAnswer.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Nobody let it go on");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void ran(String text, long count) {
            statements.add(new ObservedStatement(text, count, count * 1_000_000, 1_000_000));
        }

        @Bean
        ObservedStatements observed() {
            return () -> {
                times.incrementAndGet();
                asked.countDown();
                awaitLeave();
                return List.copyOf(statements);
            };
        }
    }
}
