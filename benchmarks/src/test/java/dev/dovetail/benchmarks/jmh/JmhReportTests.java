package dev.dovetail.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JmhReportTests {

    private static final String RESULT = """
            {"benchmark": "dev.dovetail.benchmarks.jmh.ReadBenchmark.byId",
             "params": {"engine": "sqlite", "peer": "%s"},
             "primaryMetric": {"rawData": %s},
             "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": %s}}}""";

    private static final Measurements MEASUREMENTS = Measurements.of(JsonMapper.shared()
            .readTree("[%s, %s, %s]"
                    .formatted(
                            RESULT.formatted("jdbc", "[[9, 11], [10, 10], [10, 12]]", "[[1000], [1000], [1000]]"),
                            RESULT.formatted("dovetail", "[[6, 6], [5, 5], [7, 9]]", "[[2100], [2100], [2100]]"),
                            RESULT.formatted("dovetail-actuator", "[[8, 8], [8, 8], [8, 8]]", "[[1], [1], [1]]"))));

    @Test
    void aForkCountsOnceHoweverManyIterationsItHas() {
        assertThat(MEASUREMENTS
                        .find(Engine.SQLITE, Work.BY_ID, Peer.DOVETAIL)
                        .orElseThrow()
                        .micros()
                        .values())
                .containsExactly(6.0, 5.0, 8.0);
    }

    @Test
    void targetsAreComparedWithHandWrittenCode() {
        List<Verdict> verdicts = Targets.check(MEASUREMENTS);
        assertThat(verdicts).hasSize(2);
        assertThat(verdicts.get(0).promise()).contains("SQLite, by id: time ÷ JDBC by hand on a pool ≤ 0.7");
        assertThat(verdicts.get(0).measured()).startsWith("0.60 (0.50–0.73)");
        assertThat(verdicts.get(0).kept()).isTrue();
        assertThat(verdicts.get(1).promise()).contains("bytes");
        assertThat(verdicts.get(1).kept()).isFalse();
    }

    @Test
    void whoDoesNotDoAllOfTheWorkStandsApart() {
        String markdown = new JmhReport(MEASUREMENTS).markdown();
        assertThat(markdown)
                .contains("| by id | 10.0 (10.0–11.0) | 6.00 (5.00–8.00) |")
                .contains("### SQLite, apart: microseconds per call")
                .contains("| by id | 8.00 (8.00–8.00) |")
                .doesNotContain("PostgreSQL");
    }

    @Test
    void thePlotHasABarForEachMainPeer() {
        String plot = new JmhReport(MEASUREMENTS).plot(Engine.SQLITE);
        assertThat(plot).contains("0.60  (6.00 µs)", "1.00  (10.0 µs)").doesNotContain("Actuator");
    }

    @Test
    void everyBenchmarkHasAName() {
        for (Work work : Work.values()) {
            assertThat(Work.of("dev.dovetail.benchmarks.jmh." + work.benchmark()))
                    .isEqualTo(work);
        }
    }

    @Test
    void patternsChooseWork() {
        Selection selection = Selection.COMPLETE.get(0).matching(List.of("byid", "SAVEALL"));
        assertThat(selection.work()).containsExactly(Work.BY_ID, Work.SAVE_ALL);
        assertThat(Selection.COMPLETE.get(0).matching(List.of()).work()).containsExactly(Work.values());
    }
}
