package dev.dovetail.monitoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.monitoring.health.HealthHistory.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthHistoryTests {

    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");

    private final HealthHistory history = new HealthHistory();

    private void report(Instant at) {
        history.onReport(new HealthReport(HealthStatus.UP, List.of(), Set.of(), Map.of(), at));
    }

    @Test
    void anHourIsKeptAndNoMore() {
        for (int minute = 0; minute <= 90; minute++) {
            report(NOW.plus(Duration.ofMinutes(minute)));
        }
        assertThat(history.samples()).hasSize(61);
        assertThat(history.samples().get(0).at()).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
    }

    @Test
    void thereIsALimitHoweverOftenHealthIsEvaluated() {
        for (int i = 0; i < 10_000; i++) {
            report(NOW.plusMillis(100L * i));
        }
        assertThat(history.samples()).hasSize(360);
        assertThat(history.samples()).extracting(Sample::at).isSorted();
        assertThat(history.samples().get(359).at()).isEqualTo(NOW.plusMillis(100L * 9_999));
    }
}
