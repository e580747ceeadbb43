package dev.dovetail.benchmarks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringTests {

    @ParameterizedTest
    @EnumSource(Watching.class)
    void whatIsMeasuredIsWatchedAsItSaysAndInNoOtherWay(Watching watching) {
        try (DatabaseUnderTest database = Databases.copy(Engine.SQLITE, 60);
                DovetailSubject subject = watching.open(database)) {
            assertThat(UserRow.of(subject.byId(7))).isEqualTo(SampleUsers.stored(7));
            watching.check(subject);
            for (Watching other : Watching.values()) {
                if (other != watching) {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> other.check(subject))
                            .withMessageContaining("Not watched as " + other);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachHasItsTurnsWithEachNumberOfThreads(boolean reversed) throws InterruptedException {
        List<WatchedRead> reads = WatchedRun.of(reversed, List.of(1, 2), 1);
        assertThat(reads)
                .hasSize(2 * Watching.values().length)
                .allSatisfy(read -> assertThat(read.nanos()).isPositive());
        assertThat(reads).extracting(WatchedRead::watching).contains(Watching.values());
        assertThat(reads.get(0).watching()).isEqualTo(reversed ? Watching.OBSERVATIONS : Watching.NOTHING);
        assertThat(reads).extracting(WatchedRead::threads).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false"})
    void statisticsThatCostMoreThanTheLimitFallShort(double more, boolean kept) {
        MonitoringReport report = new MonitoringReport(List.of(
                new WatchedRead(Watching.NOTHING, 2, 8_000, 900),
                new WatchedRead(Watching.STATISTICS, 2, 8_000 + more, 1_000)));
        assertThat(report.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.kept()).isEqualTo(kept);
            assertThat(verdict.promise()).contains("2 threads").endsWith("≤ 300");
        });
        assertThat(report.markdown()).contains("| +100 (+100 to +100) |").doesNotContain("observations", "1 thread,");
    }

    @Test
    void eachAddsToTheOneBeforeItRoundByRound() {
        List<WatchedRead> reads = new ArrayList<>();
        for (double slowness : new double[] {0, 4_000, 1_000}) {
            reads.add(new WatchedRead(Watching.OBSERVATIONS, 1, slowness + 9_900 + slowness / 100, 2_000));
            reads.add(new WatchedRead(Watching.METERS, 1, slowness + 8_900, 1_500));
            reads.add(new WatchedRead(Watching.STATISTICS, 1, slowness + 8_200, 1_000));
            reads.add(new WatchedRead(Watching.NOTHING, 1, slowness + 8_000, 1_000));
        }
        MonitoringReport report = new MonitoringReport(reads);
        assertThat(report.markdown())
                .contains("| +1,010 (+1,000 to +1,040) |", "| +700 (+700 to +700) |", "| +200 (+200 to +200) |")
                .contains("| 0 (0 to 0) |");
        assertThat(report.verdicts()).extracting(Verdict::kept).containsExactly(true);
        assertThat(report.plot()).contains("1 thread", "9,200 ns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fork=1", "--forks=0", "--threads=0", "--threads=many", "--millis=0"})
    void whatMakesNoSenseIsRefused(String option) {
        assertThatIllegalArgumentException().isThrownBy(() -> MonitoringCommand.run(option));
    }
}
