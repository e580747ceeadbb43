package dev.dovetail.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.MovedClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of an evaluation when what rules share hangs, or when the clock is set back. */
class HealthMonitorFaultTests {

    /** What a rule does when it is its turn. */
    private interface Look {
        void look(Evaluation evaluation) throws Exception;
    }

    private record Rule(String id, Look look) implements HealthRule {

        @Override
        public List<Finding> evaluate(Evaluation evaluation) throws Exception {
            look.look(evaluation);
            return List.of();
        }
    }

    private static HealthMonitor monitor(Clock clock, HealthRule... rules) {
        HealthSettings settings = new HealthSettings(Duration.ofSeconds(60), Duration.ofMillis(300), 100, Map.of());
        return new HealthMonitor(settings, () -> List.of(rules), List::of, List::of, () -> false, clock);
    }

    @Test
    void whatHangsForOneRuleIsNotWaitedForByTheNextAndWhatIsKnownStays() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger counted = new AtomicInteger();
        Look needsIt = evaluation -> {
            evaluation.shared(CharSequence.class, () -> {
                asked.incrementAndGet();
                awaitDespiteInterrupts(release);
                return "an answer";
            });
        };
        Look counts = evaluation -> evaluation.shared(Integer.class, counted::incrementAndGet);
        try (HealthMonitor monitor = monitor(
                Clock.systemUTC(),
                new Rule("counts", counts),
                new Rule("first", needsIt),
                new Rule("second", needsIt),
                new Rule("third", needsIt),
                new Rule("counts too", counts))) {
            HealthReport report = monitor.evaluate();

            assertThat(report.unanswered()).containsExactlyInAnyOrder("first", "second", "third");
            assertThat(report.findings()).extracting(Finding::subject).containsExactly("first");
            assertThat(asked).hasValue(1);
            assertThat(counted).hasValue(1);
        } finally {
            release.countDown();
        }
    }

    // As a driver, which takes no notice of interrupts.
    private static void awaitDespiteInterrupts(CountDownLatch release) {
        boolean over = false;
        while (!over) {
            try {
                over = release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                // It is not over.
            }
        }
    }

    @Test
    void whenTheClockIsSetBackThenWhoeverAsksIsNotGivenWhatIsOld() {
        MovedClock clock = MovedClock.at("2026-11-28T03:00:00Z");
        try (HealthMonitor monitor = monitor(clock, new Rule("rule", evaluation -> {}))) {
            HealthReport first = monitor.report();
            assertThat(monitor.report()).isSameAs(first);
            clock.forward(Duration.ofHours(-3));
            assertThat(monitor.report().evaluatedAt()).isEqualTo(clock.instant());
            clock.forward(Duration.ofMinutes(3));
            assertThat(monitor.report().evaluatedAt()).isEqualTo(clock.instant());
        }
    }
}
