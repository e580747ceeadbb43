package dev.dovetail.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
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
    void ratiosAreToldBesideWhatUsersWouldPick() {
        assertThat(new JmhReport(MEASUREMENTS).ratios()).isEqualTo("""
                | SQLite | JDBC by hand on a pool |
                |---|---:|
                | by id | 0.60 (0.50–0.73) |
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jmh.md", "jmh-ratios.md", "jmh-summary.json", "jmh-sqlite.svg", "jmh-postgresql.svg"})
    void whatIsKeptIsTheReportOfItsResults(String file) throws IOException {
        Path results = Path.of("results");
        assertThat(JmhReport.files(results))
                .as("Run: benchmarks/run jmh-report")
                .containsEntry(file, Files.readString(results.resolve(file)));
    }

    @Test
    void aReportMadeAnewSpeaksOfTheMachineThatMeasured(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("jmh.json"), "[" + RESULT.formatted("jdbc", "[[9, 11]]", "[[1000]]") + "]");
        Files.writeString(directory.resolve("jmh-machine.json"), """
                {"date": "2001-02-03", "commit": "of then", "processor": "slow"}""");
        assertThat(JmhReport.files(directory).get("jmh.md"))
                .startsWith("Measured on 2001-02-03 (UTC), commit of then: processor slow.");
    }

    @Test
    void jmhsResultsNameNeitherDirectoriesNorLogins() {
        JsonNode jmh = JsonMapper.shared().readTree("""
                [{"jvm": "/usr/lib/jvm/bin/java", "mode": "avgt",
                  "jvmArgs": ["-Xmx1g", "-Ddovetail.test.postgresql.password=s3cret", "-Xlog:gc:file=/tmp/gc.log"]},
                 {"jvm": "C:\\\\jdk\\\\bin\\\\java.exe", "jvmArgs": ["-javaagent:C:\\\\a.jar"]}]""");
        assertThat(JmhJson.scrubbed(jmh)).isEqualTo(JsonMapper.shared().readTree("""
                [{"jvm": "java", "mode": "avgt", "jvmArgs": ["-Xmx1g"]}, {"jvm": "java.exe", "jvmArgs": []}]"""));
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
