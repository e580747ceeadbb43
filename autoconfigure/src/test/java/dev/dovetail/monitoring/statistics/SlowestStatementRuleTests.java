package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Evaluations;
import dev.dovetail.monitoring.health.SlowestStatementRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is slow each time is found, however rare it is. */
class SlowestStatementRuleTests {

    private static final String REPORT = "SELECT * FROM report WHERE id = ?";

    private final Statements.Hand clock = new Statements.Hand();
    private final StatementStatistics statistics =
            Statements.statistics(new StatisticsSettings(Duration.ofMillis(200), 500, 0, 0), clock, CurrentUnit.NONE);
    private final SlowestStatementRule rule = new SlowestStatementRule(statistics);

    private void minute(long millisOfReport) {
        for (int i = 0; i < 1000; i++) {
            statistics.onStatement(Statements.query("SELECT 1 FROM t WHERE id = ?", 100_000));
        }
        statistics.onStatement(Statements.query(REPORT, 0, millisOfReport, 1, "ReportRepository.find"));
        clock.move(Duration.ofMinutes(1));
    }

    @Test
    void oneOfTenSecondsOnceAMinuteIsFoundAmongAThousandFastOnes() {
        minute(10_000);
        minute(10_000);
        assertThat(Evaluations.of(rule)).isEmpty();
        minute(10_000);

        assertThat(Evaluations.of(rule)).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(found.subject()).isEqualTo(Fingerprint.of(REPORT).id());
            assertThat(found.text()).contains("10 s on average, 3 times", "ReportRepository.find");
        });

        clock.move(Duration.ofMinutes(16));
        assertThat(Evaluations.of(rule)).isEmpty();
    }

    @Test
    void oneOfFourSecondsIsNot() {
        for (int i = 0; i < 5; i++) {
            minute(4_000);
        }
        assertThat(Evaluations.of(rule)).isEmpty();
    }
}
