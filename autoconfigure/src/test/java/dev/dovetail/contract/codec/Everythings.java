package dev.dovetail.contract.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Rows at the edges of what can be stored. */
final class Everythings {

    private static final String EMOJI = "Zürich 🏔️👩‍👩‍👧 ıİ ' \" \\ % _ ; -- \n\t";

    private Everythings() {}

    static List<Everything> extremes() {
        return List.of(Everything.empty(), typical(), smallest(), largest());
    }

    static Everything typical() {
        return new Everything(
                null,
                true,
                (short) 7,
                42,
                4_294_967_296L,
                new BigDecimal("19.90"),
                new BigDecimal("12345678901234567890.0123456789"),
                0.1,
                0.1f,
                EMOJI,
                'ß',
                UUID.fromString("0b9f6d1c-8f6e-4d9b-9a57-3f0d3c2b1a00"),
                Everything.Color.IVORY,
                Instant.parse("2026-11-20T09:30:15.123456Z"),
                OffsetDateTime.parse("2026-03-29T02:30:00.000001Z"),
                LocalDateTime.parse("2026-03-29T02:30:00"),
                LocalDate.parse("2024-02-29"),
                LocalTime.parse("12:00:00.5"),
                new byte[] {0, 1, -1, 127, -128},
                List.of("a", "", "null", EMOJI),
                new Everything.Document("Ü\u2028", List.of(1, -2), new Everything.Document("", List.of(), null)),
                Map.of("one", 1, "", 2),
                new Everything.Price(new BigDecimal("0.0001"), "CHF"));
    }

    static Everything smallest() {
        return new Everything(
                null,
                false,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                new BigDecimal("-9999999999.99"),
                new BigDecimal("-9999999999999999999999999999.9999999999"),
                Double.MIN_VALUE,
                Float.MIN_VALUE,
                "",
                ' ',
                new UUID(0, 0),
                Everything.Color.RED,
                Instant.parse("-4712-01-01T00:00:00Z"),
                OffsetDateTime.parse("0001-01-01T00:00:00Z"),
                LocalDateTime.parse("0001-01-01T00:00:00"),
                LocalDate.parse("0001-01-01"),
                LocalTime.MIN,
                new byte[0],
                List.of(),
                new Everything.Document("", List.of(), null),
                Map.of(),
                new Everything.Price(new BigDecimal("-99999999999999.9999"), ""));
    }

    static Everything largest() {
        return new Everything(
                null,
                true,
                Short.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                new BigDecimal("9999999999.99"),
                new BigDecimal("9999999999999999999999999999.9999999999"),
                Double.MAX_VALUE,
                Float.MAX_VALUE,
                "\uFFFF".repeat(10) + EMOJI.repeat(20_000),
                '\uFFFD',
                new UUID(-1, -1),
                Everything.Color.GREEN,
                Instant.parse("+294246-12-31T23:59:59.999999Z"),
                OffsetDateTime.parse("9999-12-31T23:59:59.999999Z"),
                LocalDateTime.parse("9999-12-31T23:59:59.999999"),
                LocalDate.parse("9999-12-31"),
                LocalTime.parse("23:59:59.999999"),
                new byte[1 << 20],
                List.of(EMOJI.repeat(1_000)),
                new Everything.Document(EMOJI, List.of(Integer.MAX_VALUE), null),
                Map.of(EMOJI, Integer.MIN_VALUE),
                new Everything.Price(new BigDecimal("99999999999999.9999"), EMOJI));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(basePackageClasses = EverythingRepository.class)
    static class Repositories {}
}
