package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What lies in a file, in Java's terms: our own form and those that others write (<a
 * href="https://sqlite.org/datatype3.html#date_and_time_datatype">SQLite's</a> texts, Unix times and Julian days, and the
 * milliseconds of the JDBC driver and Hibernate).
 */
final class SqliteStored {

    // As seconds this is the year 5138, as milliseconds it is 1973.
    private static final long LEAST_MILLIS = 100_000_000_000L;
    private static final double JULIAN_DAY_OF_1970 = 2_440_587.5;
    private static final double MILLIS_OF_DAY = 86_400_000.0;
    // What a double holds of every decimal number; IEEE 754's DBL_DIG.
    private static final int EXACT_DIGITS = 15;

    /** The classes that a result can be asked for and that the driver does not know, or shifts. */
    static final Map<Class<?>, Function<Object, ?>> READINGS = Map.ofEntries(
            Map.entry(Instant.class, SqliteStored::ofMicros),
            Map.entry(OffsetDateTime.class, stored -> ofMicros(stored).atOffset(ZoneOffset.UTC)),
            Map.entry(ZonedDateTime.class, stored -> ofMicros(stored).atZone(ZoneOffset.UTC)),
            Map.entry(LocalDateTime.class, stored -> LocalDateTime.ofInstant(ofMicros(stored), ZoneOffset.UTC)),
            Map.entry(LocalDate.class, stored -> LocalDate.ofInstant(ofMicros(stored), ZoneOffset.UTC)),
            Map.entry(LocalTime.class, SqliteStored::time),
            Map.entry(UUID.class, ColumnValues::uuid),
            Map.entry(Boolean.class, SqliteStored::truth),
            Map.entry(BigInteger.class, stored -> new BigDecimal(stored.toString()).toBigIntegerExact()));

    private SqliteStored() {}

    static Boolean truth(Object stored) {
        if (stored instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (stored instanceof String text) {
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("t") || text.equals("1")) {
                return true;
            }
            if (text.equalsIgnoreCase("false") || text.equalsIgnoreCase("f") || text.equals("0")) {
                return false;
            }
            throw new IllegalArgumentException("a text is no truth value");
        }
        throw ColumnValues.cannotBe(stored, "a truth value");
    }

    static Object whole(Object stored) {
        return stored instanceof Integer small ? Long.valueOf(small) : ColumnValues.whole(stored);
    }

    static Object floating(Object stored) {
        return ColumnValues.floating(stored);
    }

    static Object text(Object stored) {
        if (stored instanceof byte[]) {
            throw ColumnValues.cannotBe(stored, "a text");
        }
        return stored.toString();
    }

    static Object scaled(Object stored, ColumnType type) {
        return BigDecimal.valueOf(ColumnValues.whole(stored), type.scale());
    }

    static BigDecimal decimal(Object stored, ColumnType type) {
        BigDecimal exact = ColumnValues.decimal(stored, ColumnType.of(type.kind(), type.name()));
        if (type.precision() > 0) {
            return exact.setScale(type.scale(), RoundingMode.HALF_EVEN);
        }
        // A REAL is 10.0 where the same number as INTEGER is 10.
        return stored instanceof Double && exact.stripTrailingZeros().scale() <= 0 ? exact.setScale(0) : exact;
    }

    /** A decimal for a column of NUMERIC affinity, where SQLite keeps what a double can. */
    static Object exactReal(BigDecimal decimal) {
        if (decimal.stripTrailingZeros().precision() > EXACT_DIGITS) {
            throw new IllegalArgumentException(
                    "a number has more than 15 digits, which SQLite does not keep in a column of this type");
        }
        return decimal.doubleValue();
    }

    static Instant ofMicros(Object stored) {
        if (stored instanceof Number) {
            return Instant.EPOCH.plus(ColumnValues.whole(stored), ChronoUnit.MICROS);
        }
        return instant(stored);
    }

    static Instant instant(Object stored) {
        if (stored instanceof Double day) {
            return Instant.ofEpochMilli(Math.round((day - JULIAN_DAY_OF_1970) * MILLIS_OF_DAY));
        }
        if (stored instanceof Number number) {
            long time = number.longValue();
            return Math.abs(time) < LEAST_MILLIS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
        }
        String text = stored.toString().replace(' ', 'T');
        try {
            return hasOffset(text)
                    ? OffsetDateTime.parse(text).toInstant()
                    : atLeastADate(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a text is no date and time");
        }
    }

    static LocalDateTime dateTime(Object stored) {
        return LocalDateTime.ofInstant(instant(stored), ZoneOffset.UTC);
    }

    static LocalDate date(Object stored) {
        return dateTime(stored).toLocalDate();
    }

    static LocalTime time(Object stored) {
        if (stored instanceof String text && text.indexOf('-') < 0) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("a text is no time of day");
            }
        }
        return dateTime(stored).toLocalTime();
    }

    private static LocalDateTime atLeastADate(String text) {
        return text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
    }

    private static boolean hasOffset(String text) {
        int time = text.indexOf('T');
        return time > 0 && (text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0);
    }
}
