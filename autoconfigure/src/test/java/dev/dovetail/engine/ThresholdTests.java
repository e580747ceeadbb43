package dev.dovetail.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written for a threshold. */
class ThresholdTests {

    @ParameterizedTest
    @ValueSource(strings = {"80", "101%", "-1%", "NaN", "Infinity", "", "much"})
    void aShareIsOneOrLess(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.share(0.8).parse(text))
                .withMessageContaining("a share such as 0.8 or 80%");
    }

    @Test
    void aShareIsANumberOrPerCent() {
        assertThat(Threshold.share(0.8).parse("90 %").value()).isEqualTo(0.9);
        assertThat(Threshold.share(0.8).parse("1").shown()).isEqualTo("100 %");
        assertThat(Threshold.share(0.8).parse("0").value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN", "-Infinity", "1e999", "none"})
    void aNumberIsFiniteAndNotNegative(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.count(3).parse(text))
                .withMessageContaining("a number that is not negative");
    }

    @Test
    void durationsAndSizesAreNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Threshold.duration(Duration.ofSeconds(1)).parse("-1s"));
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.size(1).parse("-1MB"));
    }
}
