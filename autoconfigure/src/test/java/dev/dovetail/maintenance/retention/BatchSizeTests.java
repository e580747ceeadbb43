package dev.dovetail.maintenance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows go at once, by the time that the last ones took. */
class BatchSizeTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 1024, 10_000})
    void itBeginsWithOneRowAndGrowsToTheLargest(int largest) {
        BatchSize size = new BatchSize(largest);
        assertThat(size.rows()).isEqualTo(1);

        for (int i = 0; i < 14; i++) {
            size.took(Duration.ofMillis(1));
        }

        assertThat(size.rows()).isEqualTo(largest);
    }

    @Test
    void oneThatTookTooLongIsFollowedByOneThatFits() {
        BatchSize size = grown();

        size.took(Duration.ofSeconds(1));

        assertThat(size.rows()).isEqualTo(1000 / 32);
        assertThat(size.longest()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void thereIsAlwaysOneRow() {
        BatchSize size = grown();

        size.took(Duration.ofDays(1));

        assertThat(size.rows()).isEqualTo(1);
    }

    @Test
    void whatIsNeitherLongNorShortStays() {
        BatchSize size = grown();

        size.took(Duration.ofMillis(50));
        size.took(Duration.ofMillis(13));

        assertThat(size.rows()).isEqualTo(1000);
    }

    private static BatchSize grown() {
        BatchSize size = new BatchSize(1000);
        while (size.rows() < 1000) {
            size.took(Duration.ZERO);
        }
        return size;
    }
}
