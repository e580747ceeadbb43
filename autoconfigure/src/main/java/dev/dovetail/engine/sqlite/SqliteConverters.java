package dev.dovetail.engine.sqlite;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/**
 * How Java's types lie in SQLite's columns: one form is written, of fixed width where it is text, so that order in SQL is
 * order in time.
 */
final class SqliteConverters {

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
            .toFormatter(Locale.ROOT);

    private SqliteConverters() {}

    static List<Object> all() {
        return List.of(
                InstantToMicros.INSTANCE,
                MicrosToInstant.INSTANCE,
                LocalDateTimeToText.INSTANCE,
                TextToLocalDateTime.INSTANCE,
                LocalDateToText.INSTANCE,
                TextToLocalDate.INSTANCE,
                LocalTimeToText.INSTANCE,
                TextToLocalTime.INSTANCE,
                UuidToText.INSTANCE,
                TextToUuid.INSTANCE,
                BooleanToNumber.INSTANCE,
                NumberToBoolean.INSTANCE);
    }

    @WritingConverter
    private enum InstantToMicros implements Converter<Instant, Long> {
        INSTANCE;

        @Override
        public Long convert(Instant instant) {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                    ChronoUnit.MICROS.between(Instant.ofEpochSecond(instant.getEpochSecond()), instant));
        }
    }

    @ReadingConverter
    private enum MicrosToInstant implements Converter<Number, Instant> {
        INSTANCE;

        @Override
        public Instant convert(Number micros) {
            return Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
        }
    }

    @WritingConverter
    private enum LocalDateTimeToText implements Converter<LocalDateTime, String> {
        INSTANCE;

        @Override
        public String convert(LocalDateTime value) {
            return DATE_TIME.format(value);
        }
    }

    @ReadingConverter
    private enum TextToLocalDateTime implements Converter<String, LocalDateTime> {
        INSTANCE;

        @Override
        public LocalDateTime convert(String text) {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        }
    }

    @WritingConverter
    private enum LocalDateToText implements Converter<LocalDate, String> {
        INSTANCE;

        @Override
        public String convert(LocalDate value) {
            return value.toString();
        }
    }

    @ReadingConverter
    private enum TextToLocalDate implements Converter<String, LocalDate> {
        INSTANCE;

        @Override
        public LocalDate convert(String text) {
            return LocalDate.parse(text);
        }
    }

    @WritingConverter
    private enum LocalTimeToText implements Converter<LocalTime, String> {
        INSTANCE;

        @Override
        public String convert(LocalTime value) {
            return TIME.format(value);
        }
    }

    @ReadingConverter
    private enum TextToLocalTime implements Converter<String, LocalTime> {
        INSTANCE;

        @Override
        public LocalTime convert(String text) {
            return LocalTime.parse(text);
        }
    }

    @WritingConverter
    private enum UuidToText implements Converter<UUID, String> {
        INSTANCE;

        @Override
        public String convert(UUID value) {
            return value.toString();
        }
    }

    @ReadingConverter
    private enum TextToUuid implements Converter<String, UUID> {
        INSTANCE;

        @Override
        public UUID convert(String text) {
            return UUID.fromString(text);
        }
    }

    @WritingConverter
    private enum BooleanToNumber implements Converter<Boolean, Integer> {
        INSTANCE;

        @Override
        public Integer convert(Boolean value) {
            return value ? 1 : 0;
        }
    }

    @ReadingConverter
    private enum NumberToBoolean implements Converter<Number, Boolean> {
        INSTANCE;

        @Override
        public Boolean convert(Number number) {
            return number.intValue() != 0;
        }
    }
}
