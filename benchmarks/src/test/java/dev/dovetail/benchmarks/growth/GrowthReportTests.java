package dev.dovetail.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.growth.GrowthResult.Point;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthReportTests {

    @ParameterizedTest
    @CsvSource({"19, true", "21, false"})
    void whatTakesMoreThanTwiceAsLongFallsShort(double micros, boolean kept) {
        GrowthReport report = new GrowthReport(List.of(growing("dovetail", micros)));
        assertThat(report.verdicts()).hasSize(2).allMatch(verdict -> verdict.kept() == kept);
        assertThat(report.markdown()).contains("SQLite, Dovetail repository, by id", "10,000,000 rows");
        assertThat(report.plot()).contains("10,000,000 rows");
        assertThat(report.verdicts()).extracting(Verdict::promise).allMatch(promise -> promise.endsWith("≤ 2"));
    }

    @Test
    void whoPromisedNothingIsShownAndNotJudged() {
        GrowthReport report = new GrowthReport(List.of(growing("dovetail", 19), growing("jdbc", 21)));
        assertThat(report.verdicts()).hasSize(2).allMatch(Verdict::kept);
        assertThat(report.markdown())
                .contains("SQLite, JDBC by hand on a pool, by id |")
                .doesNotContain("short");
        assertThat(report.plot().split("class=\"own\"", -1)).hasSize(1 + 2 * GrowthWork.values().length);
        assertThat(report.plot().split("class=\"bar\"", -1)).hasSize(1 + 2 * GrowthWork.values().length);
    }

    private static GrowthResult growing(String peer, double micros) {
        List<Point> points = new ArrayList<>();
        for (GrowthWork work : GrowthWork.values()) {
            points.add(new Point(10_000, work.name(), 10));
            points.add(new Point(10_000_000, work.name(), micros));
        }
        return new GrowthResult("sqlite", peer, points);
    }
}
