package dev.dovetail.benchmarks.hitrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.benchmarks.report.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HitRateTests {

    private static final long[] TINY = {1, 2, 1, 3, 1, 4, 1, 5, 1, 2};

    @Test
    void aTinyTraceIsCountedAndReported() {
        assertThat(tiny(Policy.LRU).percent()).containsExactly(40.0);
        assertThat(tiny(Policy.LFU).percent()).containsExactly(40.0);
        assertThat(tiny(Policy.FIFO).percent()).containsExactly(20.0);
        assertThat(tiny(Policy.W_TINY_LFU).percent()).hasSize(3);
        HitRateReport report = new HitRateReport(
                Arrays.stream(Policy.values()).map(HitRateTests::tiny).toList());
        assertThat(report.markdown()).contains("tiny, 2 entries", "| 40.00 | 40.00 | 20.00 |", "W-TinyLFU");
        assertThat(report.plot()).contains("tiny, 2 entries", "40.00");
    }

    @ParameterizedTest
    @CsvSource({"49.0, true, -1.00", "48.99, false, -1.01", "60, true, +10.00"})
    void moreThanOnePointBelowTheBestFallsShort(double median, boolean kept, String difference) {
        HitRateReport report = new HitRateReport(List.of(
                new HitRate("t", 1_000, Policy.W_TINY_LFU, List.of(median, 40.0, 70.0)),
                new HitRate("t", 1_000, Policy.LRU, List.of(20.0)),
                new HitRate("t", 1_000, Policy.LFU, List.of(50.0)),
                new HitRate("t", 1_000, Policy.FIFO, List.of(30.0))));
        assertThat(report.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.kept()).isEqualTo(kept);
            assertThat(verdict.promise()).startsWith("t, 1,000 entries:").endsWith("here LFU");
            assertThat(verdict.measured()).isEqualTo(difference + " (-10.00 to +20.00)");
        });
    }

    @Test
    void eachTraceAndSizeHasItsOwnVerdict() {
        List<HitRate> rates = new ArrayList<>();
        for (String trace : List.of("one", "other")) {
            for (int size : new int[] {2, 3}) {
                for (Policy policy : Policy.values()) {
                    rates.add(HitRate.of(trace, TINY, size, policy, 1));
                }
            }
        }
        assertThat(new HitRateReport(rates).verdicts()).hasSize(4);
    }

    @Test
    void theCommandWritesItsThreeFiles(@TempDir Path directory) throws Exception {
        String before = System.setProperty(Results.DIRECTORY, directory.toString());
        try {
            HitRateCommand.run("--traces=loop", "--sizes=100,5000", "--runs=2");
        } finally {
            restore(before);
        }
        JsonNode json = Results.tree(directory.resolve("hit-rates.json"));
        assertThat(json.get("rates").size()).isEqualTo(8);
        assertThat(json.get("targets").size()).isEqualTo(2);
        assertThat(json.get("machine").get("Caffeine").asString()).matches("\\d+\\..*");
        assertThat(Files.readString(directory.resolve("hit-rates.md"))).contains("loop, 5,000 entries");
        assertThat(Files.readString(directory.resolve("hit-rates.svg"))).startsWith("<svg");
    }

    @Test
    void anOptionThatThereIsNotIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HitRateCommand.run("--size=100"));
        assertThatIllegalArgumentException().isThrownBy(() -> HitRateCommand.run("--traces=none"));
    }

    private static HitRate tiny(Policy policy) {
        return HitRate.of("tiny", TINY, 2, policy, 3);
    }

    private static void restore(String before) {
        if (before == null) {
            System.clearProperty(Results.DIRECTORY);
        } else {
            System.setProperty(Results.DIRECTORY, before);
        }
    }
}
