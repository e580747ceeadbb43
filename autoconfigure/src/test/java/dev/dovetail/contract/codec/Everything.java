package dev.dovetail.contract.codec;

import dev.dovetail.repository.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/** One property of every type that is stored, and two that are stored as documents. */
// Equality looks into the array.
@SuppressWarnings("ArrayRecordComponent")
@Table("everything")
record Everything(
        @Id @Nullable Long id,
        @Nullable Boolean truth,
        @Nullable Short small,
        @Nullable Integer medium,
        @Nullable Long large,
        @Nullable BigDecimal money,
        @Nullable BigDecimal exact,
        @Nullable Double number,
        @Nullable Float narrow,
        @Nullable String text,
        @Nullable Character letter,
        @Nullable UUID uuid,
        @Nullable Color color,
        @Nullable Instant moment,
        @Nullable OffsetDateTime zoned,
        @Nullable LocalDateTime local,
        @Nullable LocalDate day,
        @Nullable LocalTime hour,
        byte @Nullable [] bytes,
        @Nullable List<String> words,
        @Json @Nullable Document document,
        @Json @Nullable Map<String, Integer> counts,
        @Embedded.Nullable(prefix = "price_") @Nullable Price price) {

    /** The portable words of the table. */
    static final String TABLE = """
            CREATE TABLE everything (
                id ${identity},
                truth ${boolean},
                small ${integer},
                medium ${integer},
                large ${bigint},
                money ${decimal_12_2},
                exact ${decimal_38_10},
                number ${double},
                narrow ${double},
                text ${text},
                letter ${text},
                uuid ${uuid},
                color ${text},
                moment ${timestamp},
                zoned ${timestamp},
                local ${datetime},
                day ${date},
                hour ${time},
                bytes ${blob},
                words ${json},
                document ${json},
                counts ${json},
                price_amount ${decimal_18_4},
                price_currency ${text}
            ) ${strict}""";

    enum Color {
        RED,
        GREEN,
        IVORY
    }

    record Document(
            String title, List<Integer> pages, @Nullable Document next) {}

    record Price(BigDecimal amount, String currency) {}

    static Everything empty() {
        return new Everything(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Everything other
                && Objects.equals(withoutBytes(), other.withoutBytes())
                && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return withoutBytes().hashCode();
    }

    private List<@Nullable Object> withoutBytes() {
        return Arrays.asList(
                id, truth, small, medium, large, money, exact, number, narrow, text, letter, uuid, color, moment, zoned,
                local, day, hour, words, document, counts, price);
    }
}
