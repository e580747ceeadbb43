package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Percentiles, compared with those of all durations laid side by side. */
class DurationHistogramTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void percentilesAreThoseOfTheSortedDurations(long seed) {
        Random random = new Random(seed);
        DurationHistogram histogram = new DurationHistogram();
        long[] durations = new long[20_000];
        for (int i = 0; i < durations.length; i++) {
            durations[i] = (long) Math.exp(7 + random.nextDouble() * 17);
            histogram.add(durations[i]);
        }
        Arrays.sort(durations);
        for (double share : new double[] {0.001, 0.25, 0.5, 0.95, 0.99, 1}) {
            long exact = durations[(int) Math.ceil(durations.length * share) - 1];
            assertThat((double) histogram.percentile(share))
                    .as("%s", share)
                    .isCloseTo((double) exact, within(exact * 0.0315 + 32));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 1023, 1024, 1025, 2047, 2048, 999_999, 200_000_000, 1_000_000_000_000L})
    void everyDurationIsInTheBucketItIsNextTo(long nanos) {
        DurationHistogram histogram = new DurationHistogram();
        histogram.add(nanos);
        assertThat((double) histogram.percentile(0.5)).isCloseTo((double) nanos, within(nanos * 0.0315 + 32));
    }

    @Test
    void whatIsShorterOrLongerThanAllBucketsIsCountedAllTheSame() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.add(-5);
        histogram.add(Long.MAX_VALUE);
        assertThat(histogram.percentile(0.5)).isLessThan(64);
        assertThat(histogram.percentile(1)).isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(new DurationHistogram().percentile(0.95)).isZero();
    }

    @Test
    void addedUpTheyAreAsOne() {
        DurationHistogram left = new DurationHistogram();
        DurationHistogram right = new DurationHistogram();
        for (int i = 0; i < 100; i++) {
            (i < 95 ? left : right).add(i < 95 ? 10_000 : 50_000_000);
        }
        left.add(right);
        assertThat(left.percentile(0.95)).isBetween(9_000L, 11_000L);
        assertThat(left.percentile(0.96)).isBetween(48_000_000L, 52_000_000L);
    }
}
