package dev.dovetail.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthReport;
import dev.dovetail.monitoring.health.HealthStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** When a finding becomes an alert, and when it is over (F164, F165). */
@ExtendWith(OutputCaptureExtension.class)
class AlertsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-11-28T03:00:00Z");
    private final List<AlertEvent> events = new ArrayList<>();
    private final Alerts alerts = alerts(AlertSettings.DEFAULTS);

    private final class MovedClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Alerts alerts(AlertSettings settings) {
        return new Alerts(settings, new MovedClock(), events::add);
    }

    private static Finding finding(String subject, Severity severity) {
        return new Finding(
                "pool-use", subject, severity, Finding.Effect.DEGRADED, "90 %", "80 %", "It is full", "Empty it");
    }

    private static Finding finding() {
        return finding("writer", Severity.MEDIUM);
    }

    private void evaluate(Alerts each, Set<String> unanswered, Finding... findings) {
        now = now.plus(MINUTE);
        each.onReport(new HealthReport(
                findings.length == 0 ? HealthStatus.UP : HealthStatus.DEGRADED,
                List.of(findings),
                unanswered,
                Map.of(),
                now));
    }

    private void evaluate(Finding... findings) {
        evaluate(alerts, Set.of(), findings);
    }

    private void evaluate(int times, Finding... findings) {
        for (int i = 0; i < times; i++) {
            evaluate(findings);
        }
    }

    @Test
    void twoOfFiveAreNoneAndThreeAreOne() {
        evaluate(finding());
        evaluate();
        evaluate(finding());
        evaluate(2);
        assertThat(events).isEmpty();
        // The first of them is more than five evaluations ago.
        evaluate(finding());
        assertThat(events).isEmpty();
        evaluate(finding());

        assertThat(events).singleElement().isInstanceOf(AlertRaised.class);
        assertThat(alerts.active()).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo("pool-use:writer");
            assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(alert.raisedAt()).isEqualTo(now);
            assertThat(alert.measured()).isEqualTo("90 %");
        });
    }

    @Test
    void fiftyTripsAreOneAlertThatCountsFifty() {
        Instant first = now.plus(MINUTE);
        evaluate(50, finding());

        assertThat(events).hasSize(1);
        assertThat(alerts.active()).singleElement().satisfies(alert -> {
            assertThat(alert.count()).isEqualTo(50);
            assertThat(alert.firstSeen()).isEqualTo(first);
            assertThat(alert.lastSeen()).isEqualTo(now);
        });
        assertThat(alerts.raised(Severity.MEDIUM)).isEqualTo(1);
        assertThat(alerts.raised(Severity.HIGH)).isZero();
    }

    @Test
    void whenItIsNotFoundForLongEnoughThenItIsOverByItself() {
        evaluate(3, finding());
        evaluate(2);
        assertThat(alerts.active()).hasSize(1);
        // Once more, and the count begins anew.
        evaluate(finding());
        evaluate(2);
        assertThat(alerts.active()).hasSize(1);
        evaluate();

        assertThat(alerts.active()).isEmpty();
        assertThat(events).hasSize(2).last().isInstanceOfSatisfying(AlertResolved.class, end -> {
            assertThat(end.alert().resolution()).isEqualTo(Alert.Resolution.BY_ITSELF);
            assertThat(end.alert().resolvedAt()).isEqualTo(now);
            assertThat(end.alert().count()).isEqualTo(4);
        });
        assertThat(alerts.history()).hasSize(1);
    }

    @Test
    void inTheCooldownItIsNotRaisedAgainAndAfterItItIs() {
        evaluate(3, finding());
        evaluate(3);
        assertThat(events).hasSize(2);
        // Resolved now; the cool-down is five minutes.
        evaluate(4, finding());
        assertThat(events).hasSize(2);
        evaluate(finding());

        assertThat(events).hasSize(3).last().isInstanceOf(AlertRaised.class);
        assertThat(alerts.active())
                .singleElement()
                .satisfies(alert -> assertThat(alert.count()).isEqualTo(5));
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyQuiet() {
        evaluate(3, finding("server", Severity.CRITICAL));
        evaluate(3);
        assertThat(events).hasSize(2);
        now = now.minus(Duration.ofHours(10));
        evaluate(finding("server", Severity.CRITICAL));

        assertThat(events).hasSize(3).last().isInstanceOf(AlertRaised.class);
    }

    @Test
    void whatIsCriticalIsRaisedAtOnce() {
        evaluate(finding("server", Severity.CRITICAL));

        assertThat(events).singleElement().isInstanceOf(AlertRaised.class);
        assertThat(alerts.raised(Severity.CRITICAL)).isEqualTo(1);
    }

    @Test
    void whenItBecomesWorseThenItIsToldAgainAndOnlyThen() {
        evaluate(3, finding("writer", Severity.LOW));
        evaluate(finding("writer", Severity.HIGH));
        evaluate(2, finding("writer", Severity.LOW));
        evaluate(2, finding("writer", Severity.HIGH));

        assertThat(events).hasSize(2).last().isInstanceOfSatisfying(AlertRaised.class, worse -> {
            assertThat(worse.again()).isTrue();
            assertThat(worse.alert().severity()).isEqualTo(Severity.HIGH);
        });
        assertThat(alerts.active()).singleElement().extracting(Alert::severity).isEqualTo(Severity.HIGH);
        assertThat(alerts.raised(Severity.LOW) + alerts.raised(Severity.HIGH)).isEqualTo(1);
    }

    @Test
    void whatARuleThatCouldNotLookHasFoundIsNeitherThereNorOver() {
        evaluate(3, finding());
        for (int i = 0; i < 10; i++) {
            evaluate(alerts, Set.of("pool-use"));
        }
        assertThat(alerts.active())
                .singleElement()
                .satisfies(alert -> assertThat(alert.count()).isEqualTo(3));
    }

    @Test
    void subjectsAreAlertsOfTheirOwnAndTheWorstComesFirst() {
        evaluate(3, finding("reader", Severity.LOW), finding("writer", Severity.HIGH));

        assertThat(alerts.active()).extracting(Alert::id).containsExactly("pool-use:writer", "pool-use:reader");
    }

    @Test
    void whenItIsResolvedByHandThenItIsQuietForTheCooldown() {
        evaluate(3, finding());

        assertThat(alerts.resolve("pool-use:writer"))
                .hasValueSatisfying(alert -> assertThat(alert.resolution()).isEqualTo(Alert.Resolution.BY_HAND));
        assertThat(alerts.resolve("pool-use:writer")).isEmpty();
        assertThat(alerts.resolve("unheard:of")).isEmpty();
        assertThat(alerts.active()).isEmpty();
        evaluate(4, finding());
        assertThat(events).hasSize(2);
        evaluate(finding());
        assertThat(events).hasSize(3);
    }

    @Test
    void historyAndMemoryAreBounded() {
        Alerts few = alerts(new AlertSettings(1, 1, 1, Duration.ZERO, 2));
        for (int i = 0; i < 20; i++) {
            evaluate(few, Set.of(), finding("pool-" + i, Severity.LOW));
        }
        evaluate(few, Set.of());
        assertThat(few.history()).extracting(Alert::subject).containsExactly("pool-19", "pool-18");
        assertThat(few.active()).isEmpty();
    }

    @Test
    void whatNobodyWasToldBeforeTheEndIsInTheLog(CapturedOutput output) {
        AlertSink hanging = event -> new CountDownLatch(1).await();
        AlertSinks sinks = new AlertSinks(() -> List.of(hanging));
        Alerts told = new Alerts(new AlertSettings(1, 1, 1, Duration.ZERO, 2), new MovedClock(), sinks);
        evaluate(told, Set.of(), finding("being-told", Severity.LOW), finding("waiting", Severity.LOW));

        sinks.close();

        for (String id : List.of("pool-use:being-told", "pool-use:waiting")) {
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(output.getOut())
                            .contains("was not told of alert " + id + ": the application ends"));
        }
    }

    @Test
    void settingsThatCannotBeMeantAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertSettings(4, 3, 1, MINUTE, 1))
                .withMessage("dovetail.alerts.raise-after must be from 1 to 3, but is 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertSettings(1, 61, 1, MINUTE, 1))
                .withMessageContaining("dovetail.alerts.out-of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertSettings(1, 1, 1, MINUTE.negated(), 1))
                .withMessageContaining("dovetail.alerts.cooldown");
    }

    @Test
    void theLogHasOneLineForTheRiseAndOneForTheEnd(CapturedOutput output) {
        try (AlertSinks sinks = new AlertSinks(List::of)) {
            Alerts logged = new Alerts(AlertSettings.DEFAULTS, new MovedClock(), sinks);
            for (int i = 0; i < 50; i++) {
                evaluate(logged, Set.of(), finding());
            }
            assertThat(output.getOut().lines().filter(line -> line.contains("Alert pool-use:writer")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "(MEDIUM) raised: It is full. Empty it");
            for (int i = 0; i < 5; i++) {
                evaluate(logged, Set.of());
            }
            assertThat(output.getOut().lines().filter(line -> line.contains("Alert pool-use:writer")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("INFO", "resolved by itself; it was found in 50 evaluations over 2940 s");
        }
    }
}
