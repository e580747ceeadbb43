package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTests {

    @Test
    void theMedianIsTheMiddleOneWhateverTheOrder() {
        assertThat(Spread.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Spread.of(4, 1, 2, 100).median()).isEqualTo(3);
    }

    @Test
    void oneOutlierMovesTheSpreadAndNotTheMedian() {
        Spread spread = Spread.of(10, 11, 10, 900, 11);
        assertThat(spread.median()).isEqualTo(11);
        assertThat(spread.text()).isEqualTo("11.0 (10.0–900)");
    }

    @Test
    void aMinusIsNotTakenForTheDashBeforeIt() {
        assertThat(Spread.of(-5, 1, 3).text()).isEqualTo("1.00 (-5.00 to 3.00)");
    }

    @Test
    void quotientsAreTakenRoundByRound() {
        Spread quotient = Spread.of(10, 20, 30).over(Spread.of(5, 10, 10));
        assertThat(quotient.values()).containsExactly(2.0, 2.0, 3.0);
        assertThat(quotient.median()).isEqualTo(2);
    }

    @Test
    void differentNumbersOfRoundsAreComparedByTheirMedians() {
        assertThat(Spread.of(10, 20, 30).over(Spread.of(10)).values()).containsExactly(2.0);
    }

    @Test
    void differencesAreTakenRoundByRound() {
        assertThat(Spread.of(10, 20, 30).minus(Spread.of(11, 10, 10)).values()).containsExactly(-1.0, 10.0, 20.0);
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(10, 20).minus(Spread.of(10)));
    }

    @Test
    void nothingMeasuredIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Spread(List.of()));
    }

    @Test
    void figuresKeepThreeDigitsThatCount() {
        assertThat(List.of(0.6612, 5.551, 55.51, 555.1, 40_300.4).stream().map(Spread::number))
                .containsExactly("0.66", "5.55", "55.5", "555", "40,300");
    }
}
