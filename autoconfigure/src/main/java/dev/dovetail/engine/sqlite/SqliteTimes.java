package dev.dovetail.engine.sqlite;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Dates and times as they are written: in the form of SQLite's own {@code datetime()}, {@code date()} and {@code time()}, so
 * that they compare with what those return and with what others wrote by them. A fraction follows in six digits only if there
 * is one, which keeps the order of texts that of time.
 */
final class SqliteTimes {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROS = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
            .toFormatter(Locale.ROOT);
    private static final int LAST_YEAR = 9999;

    private SqliteTimes() {}

    static String text(LocalDate date) {
        if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException(
                    "a date is outside the years 0 to 9999, which SQLite's text form can order");
        }
        return date.toString();
    }

    static String text(LocalTime time) {
        return (time.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROS).format(time);
    }

    static String text(LocalDateTime dateTime) {
        return text(dateTime.toLocalDate()) + ' ' + text(dateTime.toLocalTime());
    }

    static String text(Instant instant) {
        return text(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    static long micros(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a moment is after the year 294,246 or that long before 1970, which microseconds in 64 bits cannot count",
                    e);
        }
    }
}
