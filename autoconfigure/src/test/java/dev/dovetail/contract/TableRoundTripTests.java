package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** What is written is what is read, at the ends of each type. */
class TableRoundTripTests extends TableContract {

    private static final BigDecimal THIRTY_DIGITS = new BigDecimal("12345678901234567890.1234567890");

    TableRoundTripTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void createTable() {
        define(List.of("thing"), """
                CREATE TABLE thing (id ${identity}, whole ${bigint}, exact ${decimal_18_4}, vast ${decimal_38_10},
                    approximate ${double}, flag ${boolean}, words ${text}, code ${uuid}, moment ${timestamp},
                    wall ${datetime}, day ${date}, hour ${time}, document ${json}, bytes ${blob}) ${strict}""");
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... values) {
        List<String> columns = List.of(
                "id",
                "whole",
                "exact",
                "vast",
                "approximate",
                "flag",
                "words",
                "code",
                "moment",
                "wall",
                "day",
                "hour",
                "document",
                "bytes");
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values[i]);
        }
        return row;
    }

    private static List<Map<String, @Nullable Object>> extremes() {
        byte[] large = new byte[1 << 20];
        Arrays.fill(large, (byte) 0x80);
        return List.of(
                row(1L, null, null, null, null, null, null, null, null, null, null, null, null, null),
                row(
                        2L,
                        Long.MIN_VALUE,
                        new BigDecimal("-99999999999999.9999"),
                        new BigDecimal("-9999999999999999999999999999.9999999999"),
                        -Double.MAX_VALUE,
                        false,
                        "",
                        new UUID(0, 0),
                        Instant.parse("0001-01-01T00:00:00Z"),
                        LocalDateTime.of(1, 1, 1, 0, 0),
                        LocalDate.of(1, 1, 1),
                        LocalTime.MIN,
                        "{}",
                        new byte[0]),
                row(
                        3L,
                        Long.MAX_VALUE,
                        new BigDecimal("99999999999999.9999"),
                        THIRTY_DIGITS,
                        Double.MIN_VALUE,
                        true,
                        "😀 ä\u0301 \u202E\\'\"%_\n\t",
                        new UUID(-1, -1),
                        Instant.parse("9999-12-31T23:59:59.999999Z"),
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
                        LocalDate.of(9999, 12, 31),
                        LocalTime.of(23, 59, 59, 999_999_000),
                        "[]",
                        large),
                row(
                        4L,
                        0L,
                        new BigDecimal("0.0000"),
                        new BigDecimal("0E-10"),
                        -0.1,
                        true,
                        "x".repeat(1 << 20),
                        UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                        Instant.parse("1582-10-10T00:00:00.000001Z"),
                        LocalDateTime.of(2026, 3, 29, 2, 30),
                        LocalDate.of(1582, 10, 10),
                        LocalTime.NOON,
                        "\"text\"",
                        new byte[] {0, -1}));
    }

    @Test
    void whenExtremesAreWrittenThenTheyAreReadAsTheyWere() {
        table("thing").insertAll(extremes());
        List<Map<String, @Nullable Object>> read = table("thing").orderBy("id").list();
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).keySet())
                    .containsExactlyElementsOf(extremes().get(i).keySet());
            for (Map.Entry<String, @Nullable Object> each : extremes().get(i).entrySet()) {
                assertThat(read.get(i).get(each.getKey())).as(each.getKey()).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void whenExtremesAreComparedThenTheRowIsFound() {
        table("thing").insertAll(extremes());
        for (Map<String, @Nullable Object> row : extremes()) {
            for (Map.Entry<String, @Nullable Object> each : row.entrySet()) {
                Object value = each.getValue();
                if (value != null && !each.getKey().equals("document")) {
                    assertThat(ids(table("thing").where(each.getKey()).is(value).list()))
                            .as(each.getKey())
                            .contains(row.get("id"));
                }
            }
        }
    }

    /** Declared difference: SQLite keeps decimals beyond 18 digits as text, which equals, but has no order. */
    @Test
    void whenDecimalsAreLongerThanWhatTheDatabaseComparesThenThatIsSaid() {
        table("thing").insertAll(extremes());
        assertThat(ids(table("thing").where("vast").is(THIRTY_DIGITS).list())).containsExactly(3L);
        if (engine == TestEngine.POSTGRESQL) {
            assertThat(ids(table("thing").where("vast").gt(0).list())).containsExactly(3L);
            assertThat(table("thing").where("id").is(3).sum("vast")).isEqualTo(THIRTY_DIGITS);
            return;
        }
        for (Runnable use : List.<Runnable>of(
                () -> table("thing").where("vast").gt(0),
                () -> table("thing").orderBy("vast"),
                () -> table("thing").sum("vast"),
                () -> table("thing").max("vast"),
                () -> table("thing").groupBy("id").aggregate(dev.dovetail.repository.table.Aggregate.avg("vast")))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("\"vast\" of table \"thing\"")
                    .hasMessageContaining("cannot compare, sort or add up");
        }
    }
}
