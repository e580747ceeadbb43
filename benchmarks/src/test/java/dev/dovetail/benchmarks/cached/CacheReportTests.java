package dev.dovetail.benchmarks.cached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.cached.ReadRounds.ReadTime;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.turns.Call;
import dev.dovetail.cache.Coherence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheReportTests {

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    void aHitThatTakesLongerThanSpringsFallsShort(double nanos, boolean kept) {
        CacheReport report = report(
                List.of(new ReadTime(ReadWay.CACHEABLE, 2, 200, 48), new ReadTime(ReadWay.REPOSITORY, 2, nanos, 96)));
        assertThat(report.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.kept()).isEqualTo(kept);
            assertThat(verdict.promise()).contains("2 threads").endsWith("≤ 1");
        });
        assertThat(report.markdown())
                .contains("@Cached findById, 2 threads", "| 96.0 |")
                .doesNotContain("writer");
    }

    @Test
    void whatUnusedCachesCostIsADifferenceOfEachFork() {
        CacheReport report = new CacheReport(new CacheMeasurements(
                List.of(),
                List.of(unused(1_000, 990, 100, 100), unused(2_000, 2_005, 108, 100), unused(1_500, 1_480, 100, 100)),
                List.of(),
                List.of()));
        assertThat(report.markdown())
                .contains("SQLite, update", "| +10 (-5 to +20) |", "| 0 (0 to +8) |")
                .doesNotContain("PostgreSQL", "Target");
    }

    @Test
    void writersAreComparedWithThoseWhoTellNobody() {
        CacheReport report = new CacheReport(new CacheMeasurements(
                List.of(),
                List.of(),
                List.of(speed(Coherence.TRANSACTIONAL, 400), speed(Coherence.NONE, 1_000)),
                List.of()));
        assertThat(report.markdown())
                .contains("PostgreSQL, 16 writers, transactional | 400 (400–400) | 0.40 (0.40–0.40)", "1 writer,")
                .doesNotContain("coalesced");
        assertThat(report.plot()).contains("PostgreSQL, 16 writers", "1,000");
    }

    @ParameterizedTest
    @CsvSource({"0.99, 49, true", "1.01, 51, false"})
    void aSlowQueryIsFastOnceItIsCached(double p99, double rest, boolean kept) {
        CacheReport report = new CacheReport(new CacheMeasurements(
                List.of(), List.of(), List.of(), List.of(new SlowQueryTimes("postgresql", 320, p99, 5, rest))));
        assertThat(report.verdicts()).hasSize(2).extracting(Verdict::kept).containsOnly(kept);
        assertThat(report.markdown()).contains("| PostgreSQL | 320 (320–320) |");
    }

    private static CacheReport report(List<ReadTime> reads) {
        return new CacheReport(new CacheMeasurements(reads, List.of(), List.of(), List.of()));
    }

    private static UnusedCost unused(double nanos, double nanosOff, double bytes, double bytesOff) {
        return new UnusedCost(
                "sqlite",
                List.of(new UnusedCost.Point(
                        UnusedWork.UPDATE,
                        new Call(nanos, nanos / 2, bytes),
                        new Call(nanosOff, nanosOff / 2, bytesOff))));
    }

    private static WriteSpeed speed(Coherence coherence, double perSecond) {
        return new WriteSpeed(
                "postgresql",
                coherence,
                List.of(new WriteSpeed.Point(1, perSecond, 1, 2), new WriteSpeed.Point(16, perSecond, 1, 2)));
    }
}
