package dev.dovetail.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** When a cache answers too seldom. */
class HitRateRuleTests {

    private final Map<String, long[]> counts = new TreeMap<>();
    private final HitRateRule rule = new HitRateRule(new Counted());

    private final class Counted implements CacheOperations {

        @Override
        public Set<String> names() {
            return counts.keySet();
        }

        @Override
        public CacheStatistics statistics(String cache) {
            long[] count = counts.getOrDefault(cache, new long[2]);
            return new CacheStatistics(count[0], count[1], 0, Duration.ZERO, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public boolean isAdvising() {
            return false;
        }

        @Override
        public List<CacheAdvice> advice() {
            return List.of();
        }

        @Override
        public void invalidateTable(String table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void invalidate(String cache, Object... key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int invalidateMatching(Pattern keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear(String cache) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException();
        }
    }

    private List<Finding> after(long hits, long misses) {
        counts.put("badges", new long[] {hits, misses});
        return Evaluations.of(rule);
    }

    @Test
    void whoIsNotAskedIsNotJudged() {
        assertThat(Evaluations.of(rule)).isEmpty();
        assertThat(after(0, 0)).isEmpty();
        assertThat(after(0, 99)).isEmpty();
    }

    @Test
    void fromAHundredLookupsOnTheRateOfTheIntervalCounts() {
        assertThat(after(69, 31)).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo("badges");
            assertThat(found.severity()).isEqualTo(Severity.LOW);
            assertThat(found.measured()).isEqualTo("69 %");
        });
        // In all it is less than 70 of 100, since the last time it is not.
        assertThat(after(69 + 70, 31 + 30)).isEmpty();
        assertThat(after(139, 61)).isEmpty();
        assertThat(after(139 + 30, 61 + 70))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.MEDIUM);
    }
}
