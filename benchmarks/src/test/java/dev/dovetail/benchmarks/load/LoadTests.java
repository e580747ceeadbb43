package dev.dovetail.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.load.LoadResult.Requests;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTests {

    @ParameterizedTest
    @EnumSource(SetUp.class)
    void everySetUpReadsAndIncrements(SetUp setUp) {
        try (DatabaseUnderTest database = Databases.copy(Engine.SQLITE, 60);
                LoadSubject subject = setUp.open(database)) {
            long before = database.queryForLong("SELECT age FROM users WHERE id = 7");
            subject.increment(7);
            subject.increment(7);
            assertThat(subject.read(7)).isNotNull();
            assertThat(database.queryForLong("SELECT age FROM users WHERE id = 7"))
                    .isEqualTo(before + 2);
        }
    }

    @Test
    void whatIsNotStoredWasLost() {
        LoadThread thread = new LoadThread(new Forgetful(), 0, 1);
        for (int i = 0; i < 100; i++) {
            thread.request();
        }
        long increments = thread.writes.getTotalCount();
        LoadResult result = LoadResult.of(SetUp.SPLIT, 1, List.of(), List.of(thread), increments - 3);
        assertThat(increments).isPositive();
        assertThat(result.lostUpdates()).isEqualTo(3);
        assertThat(result.errors()).containsOnlyKeys("read: IllegalStateException");
    }

    @Test
    void verdictsCompareWithPoolsSplitByHand() {
        List<Verdict> verdicts =
                new LoadReport(List.of(run(SetUp.SPLIT, 1000, 0), run(SetUp.DOVETAIL_CLIENT, 1300, 0))).verdicts();
        assertThat(verdicts).hasSize(5).allMatch(Verdict::kept);
        assertThat(new LoadReport(List.of(run(SetUp.SPLIT, 1000, 0), run(SetUp.DOVETAIL_CLIENT, 1100, 1)))
                        .verdicts().stream().filter(verdict -> !verdict.kept()))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"251, 3", "3, 251"})
    void aWriteThatStallsFallsShortAsAReadDoes(double longestRead, double longestWrite) {
        LoadResult stalled = new LoadResult(
                SetUp.DOVETAIL_REPOSITORY.name(),
                new Requests(1000, 1, 2, longestRead),
                new Requests(1000, 1, 2, longestWrite),
                Map.of(),
                0);
        assertThat(new LoadReport(List.of(stalled)).verdicts())
                .filteredOn(verdict -> !verdict.kept())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.measured()).startsWith("251"));
    }

    @Test
    void readsAndWritesAreEachComparedWithPoolsSplitByHand() {
        LoadResult slowToWrite = new LoadResult(
                SetUp.DOVETAIL_REPOSITORY.name(),
                new Requests(1300, 1, 2, 3),
                new Requests(1100, 1, 2, 3),
                Map.of(),
                0);
        assertThat(new LoadReport(List.of(run(SetUp.SPLIT, 1000, 0), slowToWrite)).verdicts())
                .filteredOn(verdict -> !verdict.kept())
                .extracting(Verdict::promise)
                .containsExactly("Dovetail, repository: writes per second ÷ (d) ≥ 1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load.json", "load.md", "load.svg"})
    void whatIsKeptIsTheReportOfItsResults(String file) throws IOException {
        Path results = Path.of("results");
        assertThat(LoadRuns.of(results).files())
                .as("Run: benchmarks/run load-report")
                .containsEntry(file, Files.readString(results.resolve(file)));
    }

    private static LoadResult run(SetUp setUp, double perSecond, long lost) {
        Requests requests = new Requests(perSecond, 1, 2, 3);
        return new LoadResult(setUp.name(), requests, requests, Map.of(), lost);
    }

    /** Cannot be read, and says that it has written. */
    private static final class Forgetful implements LoadSubject {

        @Override
        public Object read(long id) {
            throw new IllegalStateException();
        }

        @Override
        public void increment(long id) {}

        @Override
        public void close() {}
    }
}
