package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTests {

    @Test
    void theMedianDecides() {
        assertThat(Verdict.atMost(0.7, "by id", Spread.of(0.6, 0.7, 0.9)).kept())
                .isTrue();
        assertThat(Verdict.atMost(0.7, "by id", Spread.of(0.6, 0.71, 0.9)).kept())
                .isFalse();
        assertThat(Verdict.atLeast(5, "saveAll", Spread.of(4, 5, 6)).kept()).isTrue();
        assertThat(Verdict.atLeast(5, "saveAll", Spread.of(4, 4.9, 6)).kept()).isFalse();
    }

    @Test
    void whatFallsShortIsSaid() {
        String table = Verdict.table(
                List.of(Verdict.atMost(0.7, "by id", Spread.of(0.5)), Verdict.atLeast(5, "saveAll", Spread.of(4.5))));
        assertThat(table).isEqualTo("""
                | Target | Measured |  |
                |---|---:|---:|
                | by id ≤ 0.7 | 0.50 (0.50–0.50) | pass |
                | saveAll ≥ 5 | 4.50 (4.50–4.50) | **short** |
                """);
    }
}
