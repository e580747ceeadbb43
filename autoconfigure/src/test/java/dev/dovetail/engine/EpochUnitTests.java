package dev.dovetail.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers since 1970, before it too. */
class EpochUnitTests {

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1970-01-01T00:00:00Z, 0",
        "SECONDS, 1970-01-01T00:00:00.999999999Z, 0",
        "SECONDS, 1969-12-31T23:59:59.999999999Z, -1",
        "SECONDS, 1969-12-31T23:59:59Z, -1",
        "MILLIS, 1969-12-31T23:59:59.999999999Z, -1",
        "MILLIS, 2026-07-15T10:11:12.131999Z, 1784110272131",
        "MICROS, 1969-12-31T23:59:59.999998999Z, -2",
        "MICROS, 2026-07-15T10:11:12.131415926Z, 1784110272131415"
    })
    void aMomentIsCountedDown(EpochUnit unit, Instant moment, long count) {
        assertThat(unit.count(moment)).isEqualTo(count);
        assertThat(unit.moment(count)).isBeforeOrEqualTo(moment);
        assertThat(unit.moment(count + 1)).isAfter(moment);
    }

    @Test
    void whatIsTooFarAwayIsRefused() {
        assertThatThrownBy(() -> EpochUnit.MICROS.count(Instant.MAX)).isInstanceOf(ArithmeticException.class);
        assertThat(EpochUnit.MICROS.moment(Long.MIN_VALUE)).isBefore(Instant.EPOCH);
    }
}
