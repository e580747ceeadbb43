package dev.dovetail.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.growth.GrowthResult.Point;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthTests {

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachSizeIsMeasuredAndLeftAsItWas(Engine engine) {
        GrowthResult result = GrowthRun.of(engine, Peer.JDBC, List.of(60, 80), 4);
        assertThat(result.points()).hasSize(2 * GrowthWork.values().length).allMatch(point -> point.micros() > 0);
        assertThat(Databases.lasting(engine, 80).queryForLong("SELECT count(*) FROM users"))
                .isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource({"19, true", "21, false"})
    void whatTakesMoreThanTwiceAsLongFallsShort(double micros, boolean kept) {
        List<Point> points = new ArrayList<>();
        for (GrowthWork work : GrowthWork.values()) {
            points.add(new Point(10_000, work.name(), 10));
            points.add(new Point(10_000_000, work.name(), micros));
        }
        GrowthReport report = new GrowthReport(List.of(new GrowthResult("sqlite", "dovetail", points)));
        assertThat(report.verdicts()).hasSize(2).allMatch(verdict -> verdict.kept() == kept);
        assertThat(report.markdown()).contains("SQLite, Dovetail repository, by id", "10,000,000 rows");
        assertThat(report.plot()).contains("10,000,000 rows");
        assertThat(report.verdicts()).extracting(Verdict::promise).allMatch(promise -> promise.endsWith("≤ 2"));
    }
}
