package dev.dovetail.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the newest good backup is too old. */
class BackupAgeRuleTests {

    private static final Instant START = Instant.parse("2026-11-28T03:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static List<Finding> after(Duration time, @Nullable Instant newest) {
        return Evaluations.of(new BackupAgeRule(() -> newest, START, DAY), START.plus(time));
    }

    @Test
    void theFirstHasAsLongAsAnyOther() {
        assertThat(after(Duration.ofHours(36), null)).isEmpty();
        assertThat(after(Duration.ofHours(37), null)).singleElement().satisfies(found -> {
            assertThat(found.text()).endsWith("there is none");
            assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        });
    }

    @Test
    void theNewestCounts() {
        Instant newest = START.plus(DAY);
        assertThat(after(Duration.ofHours(60), newest)).isEmpty();
        assertThat(after(Duration.ofHours(61), newest))
                .singleElement()
                .satisfies(found -> assertThat(found.text()).contains("2026-11-29T03:00:00Z"));
        assertThat(after(Duration.ofHours(100), newest))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.HIGH);
    }
}
