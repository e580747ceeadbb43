package dev.dovetail.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.UUID;
import java.util.function.Function;

/**
 * A value, given in any of the Java types that can stand for it, as the type that its column's
 * {@linkplain ColumnType.Kind kind} is read as. What every engine's {@link ColumnCodec}s have in common: what is exact here
 * is exact there.
 *
 * <p>Every method throws {@link IllegalArgumentException} if the value cannot stand for one of its type; the message does
 * not quote the value.
 */
public final class ColumnValues {

    private ColumnValues() {}

    /** A truth value, from itself. */
    public static Boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw cannotBe(value, "a truth value");
    }

    /** A whole number of 64 bits, from any number that is one, or 1 and 0 for a truth value. */
    public static Long whole(Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        try {
            return exact(value, "a whole number").longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a number is not whole, or beyond 64 bits", e);
        }
    }

    /**
     * A decimal number with the scale that its column declares, from any number. Digits are never rounded away, also where
     * the database would.
     */
    public static BigDecimal decimal(Object value, ColumnType type) {
        BigDecimal exact = exact(value, "a decimal number");
        if (type.precision() == 0) {
            return exact;
        }
        BigDecimal scaled;
        try {
            scaled = exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a number has more than %d digits behind the point".formatted(type.scale()), e);
        }
        if (scaled.precision() > type.precision()) {
            throw new IllegalArgumentException(
                    "a number has more than %d digits before the point".formatted(type.precision() - type.scale()));
        }
        return scaled;
    }

    /** A floating-point number, from any number. */
    public static Double floating(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return exact(value, "a number").doubleValue();
    }

    /** A text that every database can keep: without U+0000 and without half a surrogate pair. */
    public static String text(Object value) {
        if (!(value instanceof CharSequence) && !(value instanceof Character)) {
            throw cannotBe(value, "a text");
        }
        String text = value.toString();
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit == 0) {
                throw new IllegalArgumentException("a text has the character U+0000 at index " + index);
            }
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || index + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(index + 1))) {
                    throw new IllegalArgumentException("a text has half a surrogate pair at index " + index);
                }
                index++;
            }
        }
        return text;
    }

    /** A UUID, from itself, its text with or without hyphens, or its 16 bytes. */
    public static UUID uuid(Object value) {
        if (value instanceof UUID uuid) {
            return uuid;
        }
        if (value instanceof byte[] bytes && bytes.length == 16) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        if (value instanceof CharSequence) {
            String text = value.toString();
            String hyphenated =
                    text.length() == 32 ? text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : text;
            try {
                if (hyphenated.length() == 36) {
                    return UUID.fromString(hyphenated);
                }
            } catch (IllegalArgumentException e) {
                // Its message may quote the text.
            }
            throw new IllegalArgumentException("a text is no UUID");
        }
        throw cannotBe(value, "a UUID");
    }

    /** A moment, cut off behind the microseconds, as no engine keeps more; without a zone it is one in UTC. */
    public static Instant instant(Object value) {
        Instant instant;
        if (value instanceof Instant given) {
            instant = given;
        } else if (value instanceof OffsetDateTime given) {
            instant = given.toInstant();
        } else if (value instanceof ZonedDateTime given) {
            instant = given.toInstant();
        } else if (value instanceof LocalDateTime given) {
            instant = given.toInstant(ZoneOffset.UTC);
        } else if (value instanceof LocalDate given) {
            instant = given.atStartOfDay().toInstant(ZoneOffset.UTC);
        } else if (value instanceof Date date
                && !(value instanceof java.sql.Date)
                && !(value instanceof java.sql.Time)) {
            instant = date.toInstant();
        } else if (value instanceof CharSequence) {
            instant = parsed(value, text -> OffsetDateTime.parse(text).toInstant(), "a moment");
        } else {
            throw cannotBe(value, "a moment");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** A date and time, cut off behind the microseconds; a moment becomes the one it is in UTC. */
    public static LocalDateTime dateTime(Object value) {
        LocalDateTime dateTime;
        if (value instanceof LocalDateTime given) {
            dateTime = given;
        } else if (value instanceof LocalDate given) {
            dateTime = given.atStartOfDay();
        } else if (value instanceof CharSequence) {
            dateTime = parsed(value, text -> LocalDateTime.parse(text.replace(' ', 'T')), "a date and time");
        } else if (value instanceof Temporal || value instanceof Date) {
            dateTime = LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC);
        } else {
            throw cannotBe(value, "a date and time");
        }
        return dateTime.truncatedTo(ChronoUnit.MICROS);
    }

    /** A date. */
    public static LocalDate date(Object value) {
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        if (value instanceof CharSequence) {
            return parsed(value, LocalDate::parse, "a date");
        }
        throw cannotBe(value, "a date");
    }

    /** A time of day, cut off behind the microseconds. */
    public static LocalTime time(Object value) {
        LocalTime time;
        if (value instanceof LocalTime given) {
            time = given;
        } else if (value instanceof java.sql.Time given) {
            time = given.toLocalTime();
        } else if (value instanceof CharSequence) {
            time = parsed(value, LocalTime::parse, "a time of day");
        } else {
            throw cannotBe(value, "a time of day");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Bytes. */
    public static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw cannotBe(value, "bytes");
    }

    /** That a value of this class cannot stand for what is wanted. */
    public static IllegalArgumentException cannotBe(Object value, String wanted) {
        return new IllegalArgumentException("a value of " + value.getClass().getTypeName() + " cannot be " + wanted);
    }

    private static BigDecimal exact(Object value, String wanted) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (!(value instanceof Number) && !(value instanceof CharSequence)) {
            throw cannotBe(value, wanted);
        }
        try {
            return new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            // The exception's own message may quote the value.
            throw new IllegalArgumentException(
                    value instanceof Number ? "a number is not finite" : "a text is not " + wanted);
        }
    }

    private static <T> T parsed(Object text, Function<String, T> parser, String wanted) {
        try {
            return parser.apply(text.toString());
        } catch (DateTimeException e) {
            // The exception's own message quotes the value.
            throw new IllegalArgumentException("a text is not " + wanted + " as ISO 8601 writes it");
        }
    }
}
