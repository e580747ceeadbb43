package dev.dovetail.cache.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.Coherence;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When it is said that others are not heard. */
class ListeningRuleTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void afterAMinuteItIsSaidForHowLong() {
        TableVersions versions = new TableVersions();
        versions.watch();
        ListeningRule rule = new ListeningRule(CacheCoherence.deaf(Coherence.TRANSACTIONAL, versions));
        assertThat(Evaluations.of(rule, START)).isEmpty();
        assertThat(Evaluations.of(rule, START.plusSeconds(59))).isEmpty();
        assertThat(Evaluations.of(rule, START.plus(Duration.ofMinutes(2))))
                .singleElement()
                .extracting(Finding::measured)
                .isEqualTo("120 s");
    }

    @Test
    void whoCachesNothingNeedsNobody() {
        ListeningRule rule = new ListeningRule(CacheCoherence.deaf(Coherence.TRANSACTIONAL, new TableVersions()));
        assertThat(Evaluations.of(rule, START)).isEmpty();
        assertThat(Evaluations.of(rule, START.plus(Duration.ofHours(1)))).isEmpty();
    }
}
