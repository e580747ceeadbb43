package dev.dovetail.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What becomes of rules that find something, throw, hang, or are switched off. */
@ExtendWith(OutputCaptureExtension.class)
class HealthMonitorTests {

    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");

    /** What a rule does when it is its turn. */
    private interface Look {
        List<Finding> look(Evaluation evaluation) throws Exception;
    }

    private record Rule(String id, @Nullable Threshold threshold, Look look) implements HealthRule {

        @Override
        public List<Finding> evaluate(Evaluation evaluation) throws Exception {
            return look.look(evaluation);
        }
    }

    private static Rule finding(String id) {
        return new Rule(
                id,
                null,
                evaluation -> List.of(evaluation.degraded("it", Severity.LOW, null, id + " happened", "Mend " + id)));
    }

    private static HealthSettings settings(Map<String, HealthSettings.RuleSettings> rules) {
        return new HealthSettings(Duration.ofSeconds(60), Duration.ofMillis(300), 100, rules);
    }

    private static HealthMonitor monitor(HealthSettings settings, HealthRule... rules) {
        return new HealthMonitor(
                settings, () -> List.of(rules), List::of, List::of, () -> false, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static HealthMonitor monitor(HealthRule... rules) {
        return monitor(settings(Map.of()), rules);
    }

    @Test
    void whenNothingIsFoundThenItIsHealthy() {
        try (HealthMonitor monitor = monitor(new Rule("none", null, evaluation -> List.of()))) {
            assertThat(monitor.last()).isEmpty();

            HealthReport report = monitor.evaluate();

            assertThat(report.healthy()).isTrue();
            assertThat(report.status()).isEqualTo(HealthStatus.UP);
            assertThat(report.issues()).isEmpty();
            assertThat(report.evaluatedAt()).isEqualTo(NOW);
            assertThat(monitor.last()).contains(report);
            assertThat(monitor.evaluations()).isEqualTo(1);
        }
    }

    @Test
    void theWorstFindingDecidesAndComesFirst() {
        Rule down = new Rule("down", null, evaluation -> List.of(evaluation.down("it", "It is down", "Start it")));
        try (HealthMonitor monitor = monitor(finding("small"), down)) {
            HealthReport report = monitor.evaluate();

            assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
            assertThat(report.issues()).containsExactly("It is down", "small happened");
            assertThat(report.recommendations()).containsExactly("Start it", "Mend small");
        }
    }

    @Test
    void whenARuleThrowsThenTheOthersHaveTheirTurnAndItIsReportedOnceInTheLog(CapturedOutput output) {
        Rule broken = new Rule("broken", null, evaluation -> {
            throw new IllegalStateException("secret-of-the-driver");
        });
        Rule linkage = new Rule("linkage", null, evaluation -> {
            throw new NoClassDefFoundError("missing/Library");
        });
        try (HealthMonitor monitor = monitor(broken, linkage, finding("other"))) {
            monitor.evaluate();
            HealthReport report = monitor.evaluate();

            assertThat(report.findings())
                    .extracting(Finding::rule, Finding::subject)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("rule-failed", "broken"),
                            org.assertj.core.groups.Tuple.tuple("rule-failed", "linkage"),
                            org.assertj.core.groups.Tuple.tuple("other", "it"));
            assertThat(report.unanswered()).containsExactlyInAnyOrder("broken", "linkage");
            assertThat(report.issues().toString()).doesNotContain("secret-of-the-driver");
            assertThat(output.getOut().split("'broken' could not be evaluated", -1))
                    .hasSize(2);
        }
    }

    @Test
    void whenARuleHangsThenTheOthersHaveTheirTurnAndItHasOneThread() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Rule hanging = new Rule("hanging", null, evaluation -> {
            begun.incrementAndGet();
            awaitDespiteInterrupts(release);
            return List.of();
        });
        try (HealthMonitor monitor = monitor(hanging, finding("other"))) {
            long started = System.nanoTime();
            HealthReport first = monitor.evaluate();
            HealthReport second = monitor.evaluate();

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
            for (HealthReport report : List.of(first, second)) {
                assertThat(report.findings())
                        .extracting(Finding::rule)
                        .containsExactlyInAnyOrder("rule-failed", "other");
                assertThat(report.unanswered()).containsExactly("hanging");
            }
            assertThat(begun).hasValue(1);

            release.countDown();
            org.awaitility.Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(monitor.evaluate().unanswered()).isEmpty());
        }
    }

    private static void awaitDespiteInterrupts(CountDownLatch release) {
        boolean over = false;
        while (!over) {
            try {
                over = release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                // It is what makes it hang.
            }
        }
    }

    @Test
    void whenTheDatabaseDoesNotAnswerThenOtherRulesAddNothing() {
        Rule database = new Rule(
                StandardRules.DATABASE,
                null,
                evaluation -> List.of(evaluation.down("it", "It does not answer", "Start it")));
        Rule broken = new Rule("broken", null, evaluation -> {
            throw new IllegalStateException("no connection");
        });
        Rule unable = new Rule("unable", null, evaluation -> {
            throw new UnanswerableException("no connection", new IllegalStateException());
        });
        try (HealthMonitor monitor = monitor(database, broken, unable)) {
            HealthReport report = monitor.evaluate();

            assertThat(report.issues()).containsExactly("It does not answer");
            assertThat(report.unanswered()).containsExactlyInAnyOrder("broken", "unable");
        }
    }

    @Test
    void whenARuleIsConfiguredThenThatHolds() {
        List<Double> seen = new ArrayList<>();
        Rule rule = new Rule("rule", Threshold.share(0.8), evaluation -> {
            seen.add(evaluation.threshold());
            return List.of(evaluation.degraded("it", Severity.LOW, 0.9, "It is full", "Empty it"));
        });
        Map<String, HealthSettings.RuleSettings> configured = Map.of(
                "rule", new HealthSettings.RuleSettings(true, "65%", Severity.HIGH),
                "off", new HealthSettings.RuleSettings(false, null, null));
        try (HealthMonitor monitor = monitor(settings(configured), rule, finding("off"))) {
            HealthReport report = monitor.evaluate();

            assertThat(seen).containsExactly(0.65);
            assertThat(report.findings()).singleElement().satisfies(found -> {
                assertThat(found.severity()).isEqualTo(Severity.HIGH);
                assertThat(found.measured()).isEqualTo("90 %");
                assertThat(found.threshold()).isEqualTo("65 %");
            });
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedByName() {
        Map<String, @Nullable Threshold> known = new java.util.HashMap<>(Map.of("pool-use", Threshold.share(0.8)));
        known.put("settings", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("pool-usage", null).check(known))
                .withMessageContainingAll("dovetail.monitoring.rules.pool-usage", "pool-use, settings");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("pool-use", "much").check(known))
                .withMessageContainingAll("dovetail.monitoring.rules.pool-use.threshold", "a share such as 0.8 or 80%");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("settings", "1").check(known))
                .withMessageContaining("compares no value");
    }

    private static HealthSettings one(String rule, @Nullable String threshold) {
        return settings(Map.of(rule, new HealthSettings.RuleSettings(true, threshold, null)));
    }

    @Test
    void whatRulesShareIsAskedForOnceAndClosed() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        Look look = evaluation -> {
            evaluation.shared(AutoCloseable.class, () -> {
                asked.incrementAndGet();
                return () -> closed.set(true);
            });
            assertThat(closed).isFalse();
            return List.of();
        };
        try (HealthMonitor monitor = monitor(new Rule("one", null, look), new Rule("other", null, look))) {
            assertThat(monitor.evaluate().healthy()).isTrue();
            assertThat(asked).hasValue(1);
            assertThat(closed).isTrue();
        }
    }

    @Test
    void whoeverAsksWhileItIsEvaluatedGetsThatReport() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger evaluated = new AtomicInteger();
        Rule slow = new Rule("slow", null, evaluation -> {
            evaluated.incrementAndGet();
            begun.countDown();
            assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
            return List.of();
        });
        HealthSettings patient = new HealthSettings(Duration.ofSeconds(60), Duration.ofSeconds(20), 100, Map.of());
        try (HealthMonitor monitor = monitor(patient, slow)) {
            CompletableFuture<HealthReport> first = new CompletableFuture<>();
            CompletableFuture<HealthReport> second = new CompletableFuture<>();
            CompletableFuture<Void> evaluating = OwnThread.run(() -> first.complete(monitor.evaluate()));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> asking = OwnThread.run(() -> second.complete(monitor.report()));
            release.countDown();

            assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(first.get(10, TimeUnit.SECONDS));
            CompletableFuture.allOf(evaluating, asking).get(10, TimeUnit.SECONDS);
            assertThat(monitor.report()).isSameAs(first.get());
            assertThat(evaluated).hasValue(1);
        }
    }

    @Test
    void whenTheThreadIsInterruptedThenNothingIsReported() {
        Rule rule = finding("rule");
        try (HealthMonitor monitor = monitor(rule)) {
            monitor.run(() -> true);
            Thread.currentThread().interrupt();
            monitor.run(() -> true);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(monitor.last()).isEmpty();
            monitor.run(() -> false);
            assertThat(monitor.last()).isEmpty();
        }
    }

    @Test
    void roundsBeginWithTheSecondAndPauseWhileTheDatabaseIsReplaced() {
        AtomicBoolean suspended = new AtomicBoolean(true);
        try (HealthMonitor monitor = new HealthMonitor(
                settings(Map.of()),
                () -> List.of(finding("rule")),
                List::of,
                List::of,
                suspended::get,
                Clock.systemUTC())) {
            monitor.run(() -> true);
            monitor.run(() -> true);
            assertThat(monitor.last()).isEmpty();
            suspended.set(false);
            monitor.run(() -> true);
            assertThat(monitor.last()).isPresent();
        }
    }

    @Test
    void namesThatHoldLinesDoNotForgeTheLog() {
        Finding finding = new Finding(
                "rule", "a\nERROR b", Severity.LOW, Finding.Effect.DEGRADED, null, null, "one\r\ntwo", "do\tit");
        assertThat(finding.subject()).isEqualTo("a ERROR b");
        assertThat(finding.text()).isEqualTo("one two");
    }

    @Test
    void numbersThatDoNotComeAreLeftOutAndHoldNothingUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HealthMetrics hanging = new Numbers("hanging", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Map.of("late", 1);
        });
        HealthMetrics failing = new Numbers("failing", () -> {
            throw new IllegalStateException("gone");
        });
        HealthMetrics good = new Numbers("good", () -> Map.of("value", 7));
        try (HealthMonitor monitor = new HealthMonitor(
                settings(Map.of()),
                List::of,
                () -> List.of(hanging, failing, good),
                List::of,
                () -> false,
                Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertThat(monitor.evaluate().metrics()).isEqualTo(Map.of("good", Map.of("value", 7)));
        }
    }

    private record Numbers(String name, Supplier<Map<String, Object>> numbers) implements HealthMetrics {

        @Override
        public Map<String, Object> read() {
            return numbers.get();
        }
    }
}
