package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTests {

    @ParameterizedTest
    @CsvSource({
        "ms,30000,30000",
        "ms,30s,30000",
        "ms,0.5min,30000",
        "ms,' 1 h ',3600000",
        "ms,1d,86400000",
        "ms,1500us,2",
        "s,5min,300",
        "kB,64MB,65536",
        "8kB,128MB,16384",
        "8kB,16384,16384",
        "MB,1GB,1024",
        "MB,1TB,1048576",
        "kB,-1,-1",
    })
    void isCountedInTheSettingsUnit(String unit, String text, BigDecimal amount) {
        assertThat(Quantity.in(unit, text)).hasValue(amount);
    }

    @ParameterizedTest
    @CsvSource({"ms,soon", "kB,64mb", "kB,''", "kB,64 MiB", "furlong,3s", "ms,3 s s"})
    void whatIsNoQuantityIsNone(String unit, String text) {
        assertThat(Quantity.in(unit, text)).isEmpty();
    }
}
