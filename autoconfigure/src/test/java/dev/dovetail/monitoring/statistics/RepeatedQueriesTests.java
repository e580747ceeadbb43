package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.monitoring.statistics.Statements.Hand;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which repetitions are told of, and which are none. */
class RepeatedQueriesTests {

    private final Hand clock = new Hand();
    private @Nullable Object request;
    private final StatementStatistics statistics =
            Statements.statistics(StatisticsSettings.DEFAULTS, clock, () -> request);

    private void child(long transaction, int id) {
        statistics.onStatement(
                Statements.query("SELECT * FROM child WHERE parent = " + id, transaction, 1, 1, "Children.of"));
    }

    private List<QueryFinding> found() {
        return statistics.insights(Duration.ofHours(1), 10).nPlusOne();
    }

    @Test
    void tenTimesInOneTransactionIsOneInsight() {
        for (int i = 0; i < 10; i++) {
            child(7, i);
        }
        assertThat(found()).hasSize(1);
        QueryFinding finding = found().get(0);
        assertThat(finding.text()).isEqualTo("SELECT * FROM child WHERE parent = ?");
        assertThat(finding.most()).isEqualTo(10);
        assertThat(finding.times()).isEqualTo(1);
        assertThat(finding.operation()).isEqualTo("Children.of");
        assertThat(finding.caller()).isEqualTo("RepeatedQueriesTests.child");
    }

    @Test
    void nineTimesIsNone() {
        for (int i = 0; i < 9; i++) {
            child(7, i);
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void tenTransactionsOfOneEachAreNone() {
        for (int i = 0; i < 10; i++) {
            child(7 + i, i);
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void tenRequestsOfOneEachAreNoneAndOneOfTenIsOne() {
        for (int i = 0; i < 10; i++) {
            request = new Object();
            child(0, i);
        }
        assertThat(found()).isEmpty();
        for (int i = 0; i < 25; i++) {
            child(0, i);
        }
        assertThat(found()).extracting(QueryFinding::most).containsExactly(26L);
    }

    @Test
    void outsideOfAnyUnitNothingIsRepeated() {
        for (int i = 0; i < 100; i++) {
            child(0, i);
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void aSuspendedTransactionGoesOnWhereItWas() {
        for (int i = 0; i < 10; i++) {
            child(7, i);
            child(100 + i % 2, i);
        }
        assertThat(found()).hasSize(1);
        assertThat(found().get(0).times()).isEqualTo(1);
    }

    @Test
    void eachTransactionThatRepeatsCounts() {
        for (int transaction = 1; transaction <= 3; transaction++) {
            for (int i = 0; i < 10 + transaction; i++) {
                child(transaction, i);
            }
        }
        assertThat(found()).hasSize(1);
        assertThat(found().get(0).times()).isEqualTo(3);
        assertThat(found().get(0).most()).isEqualTo(13);
    }

    @Test
    void manyOtherQueriesBetweenDoNotHideIt() {
        for (int i = 0; i < 200; i++) {
            child(7, i);
            statistics.onStatement(Statements.query("SELECT x" + i + " FROM t", 7, 1, 1, null));
        }
        assertThat(found()).hasSize(1);
    }

    @Test
    void findingsAreBounded() {
        for (int i = 0; i < 150; i++) {
            for (int j = 0; j < 10; j++) {
                statistics.onStatement(Statements.query("SELECT x" + i + " FROM t", i + 1, 1, 1, null));
            }
        }
        assertThat(statistics.insights(Duration.ofHours(1), 1000).nPlusOne()).hasSize(100);
    }

    @Test
    void whatTheLayerDoesForItselfIsNeither() {
        for (int i = 0; i < 20; i++) {
            statistics.onStatement(Statements.query("SELECT nextval", 7, 1, 5000, OperationContext.OWN));
        }
        assertThat(found()).isEmpty();
        assertThat(statistics.insights(Duration.ofHours(1), 10).largeResults()).isEmpty();
        assertThat(statistics.totals().count()).isEqualTo(20);
    }

    @Test
    void largeResultsAreToldOfWithTheirLargest() {
        for (long rows : new long[] {1000, 1001, 5000, 1500}) {
            statistics.onStatement(Statements.query("SELECT * FROM t", 0, 1, rows, "Ts.findAll"));
        }
        List<QueryFinding> large = statistics.insights(Duration.ofHours(1), 10).largeResults();
        assertThat(large).hasSize(1);
        assertThat(large.get(0).times()).isEqualTo(3);
        assertThat(large.get(0).most()).isEqualTo(5000);
        clock.move(Duration.ofMinutes(62));
        assertThat(statistics.insights(Duration.ofHours(1), 10).largeResults()).isEmpty();
    }
}
