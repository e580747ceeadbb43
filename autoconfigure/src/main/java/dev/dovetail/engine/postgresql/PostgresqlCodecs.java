package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnValues;
import dev.dovetail.engine.FunctionCodec;
import java.sql.Array;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** How values pass PostgreSQL's driver, which refuses some of Java's types and shifts others. */
final class PostgresqlCodecs {

    // 1582-10-15, when the Gregorian calendar began.
    private static final long GREGORIAN_FROM_MILLIS = -12_219_292_800_000L;
    private static final List<Class<?>> NUMBERS = List.of(Number.class);
    private static final List<Class<?>> MOMENTS = List.of(
            Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDateTime.class, LocalDate.class, Date.class);
    private static final List<Class<?>> DATE_TIMES =
            List.of(LocalDateTime.class, Instant.class, OffsetDateTime.class, ZonedDateTime.class, Date.class);
    private static final List<Class<?>> TEXTS = List.of(CharSequence.class, Character.class);

    // What a converter of the application has made is the driver's own already.
    private static final List<Class<?>> DOCUMENTS = List.of(CharSequence.class, Character.class, PGobject.class);

    private static final ColumnCodec BOOLEAN =
            new FunctionCodec(JDBCType.BOOLEAN, List.of(Boolean.class), ColumnValues::truth, ColumnValues::truth, null);
    private static final ColumnCodec INTEGER = new FunctionCodec(
            JDBCType.BIGINT, List.of(Number.class, Boolean.class), ColumnValues::whole, ColumnValues::whole, null);
    private static final ColumnCodec DOUBLE =
            new FunctionCodec(JDBCType.DOUBLE, NUMBERS, ColumnValues::floating, ColumnValues::floating, null);
    private static final ColumnCodec REAL = new FunctionCodec(
            JDBCType.REAL, NUMBERS, value -> ColumnValues.floating(value).floatValue(), ColumnValues::floating, null);
    private static final ColumnCodec TEXT =
            new FunctionCodec(JDBCType.VARCHAR, TEXTS, ColumnValues::text, PostgresqlCodecs::text, String.class);
    private static final ColumnCodec UUIDS =
            new FunctionCodec(JDBCType.OTHER, List.of(UUID.class), ColumnValues::uuid, ColumnValues::uuid, null);
    private static final ColumnCodec TIMESTAMP = new FunctionCodec(
            JDBCType.TIMESTAMP_WITH_TIMEZONE,
            MOMENTS,
            PostgresqlCodecs::inUtc,
            PostgresqlCodecs::instant,
            OffsetDateTime.class);
    private static final ColumnCodec DATE_TIME = new FunctionCodec(
            JDBCType.TIMESTAMP, DATE_TIMES, ColumnValues::dateTime, PostgresqlCodecs::dateTime, LocalDateTime.class);
    private static final ColumnCodec DATE = new FunctionCodec(
            JDBCType.DATE,
            List.of(LocalDate.class, java.sql.Date.class),
            ColumnValues::date,
            ColumnValues::date,
            LocalDate.class);
    private static final ColumnCodec TIME = new FunctionCodec(
            JDBCType.TIME,
            List.of(LocalTime.class, java.sql.Time.class),
            ColumnValues::time,
            ColumnValues::time,
            LocalTime.class);
    private static final ColumnCodec BINARY = new FunctionCodec(
            JDBCType.VARBINARY, List.of(byte[].class), ColumnValues::bytes, ColumnValues::bytes, null);

    private PostgresqlCodecs() {}

    static ColumnCodec of(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BOOLEAN;
            case INTEGER -> INTEGER;
            case DECIMAL ->
                new FunctionCodec(
                        JDBCType.NUMERIC,
                        NUMBERS,
                        value -> ColumnValues.decimal(value, type),
                        stored -> ColumnValues.decimal(stored, ColumnType.of(type.kind(), type.name())),
                        null);
            case DOUBLE -> type.name().equals("real") ? REAL : DOUBLE;
            case TEXT -> TEXT;
            case JSON ->
                new FunctionCodec(
                        JDBCType.OTHER, DOCUMENTS, value -> document(type, value), PostgresqlCodecs::text, null);
            case UUID -> UUIDS;
            case TIMESTAMP -> TIMESTAMP;
            case DATETIME -> DATE_TIME;
            case DATE -> DATE;
            case TIME -> TIME;
            case BINARY -> BINARY;
            case OTHER ->
                new FunctionCodec(
                        JDBCType.OTHER,
                        TEXTS,
                        value -> ofOtherType(type, value),
                        PostgresqlCodecs::fromOtherType,
                        null);
        };
    }

    private static Object inUtc(Object value) {
        return ColumnValues.instant(value).atOffset(ZoneOffset.UTC);
    }

    // Before 1582 the driver counts a Timestamp's moment by the Julian calendar, and its date and time by no calendar
    // at all.
    private static Instant instant(Object stored) {
        return stored instanceof java.sql.Timestamp timestamp && timestamp.getTime() < GREGORIAN_FROM_MILLIS
                ? timestamp.toLocalDateTime().atZone(ZoneId.systemDefault()).toInstant()
                : ColumnValues.instant(stored);
    }

    // Timestamp's own date and time are right; the moment it stands for is not, before 1582.
    private static LocalDateTime dateTime(Object stored) {
        return stored instanceof java.sql.Timestamp timestamp
                ? timestamp.toLocalDateTime()
                : ColumnValues.dateTime(stored);
    }

    private static Object text(Object stored) {
        if (stored instanceof PGobject object) {
            return String.valueOf(object.getValue());
        }
        return stored.toString();
    }

    /** A parameter of which no column tells how it is to lie. */
    static Object byClass(Object value) {
        if (value instanceof Instant || value instanceof ZonedDateTime) {
            return inUtc(value);
        }
        if (value instanceof Character) {
            return value.toString();
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    // Of a type that Java does not have, such as an enum or an address, and whose values are given as text.
    private static Object ofOtherType(ColumnType type, Object value) {
        Object plain = byClass(value);
        return plain instanceof CharSequence && !type.name().isEmpty() ? named(type, plain) : plain;
    }

    private static Object fromOtherType(Object stored) {
        if (stored instanceof PGobject object) {
            return String.valueOf(object.getValue());
        }
        if (stored instanceof Array array) {
            try {
                return Arrays.asList((Object[]) array.getArray());
            } catch (SQLException e) {
                throw new IllegalArgumentException("an array cannot be read", e);
            }
        }
        return stored;
    }

    private static Object document(ColumnType type, Object value) {
        return value instanceof PGobject ? value : named(type, value);
    }

    // The server does not turn a text into another type by itself.
    private static PGobject named(ColumnType type, Object text) {
        PGobject object = new PGobject();
        object.setType(type.name());
        try {
            object.setValue(ColumnValues.text(text));
        } catch (SQLException e) {
            throw new IllegalArgumentException("a text cannot be " + type.name(), e);
        }
        return object;
    }

    /** The class in which the driver returns a type's values unshifted; null for the one it returns by itself. */
    static @Nullable Class<?> unshifted(String typeName) {
        return switch (typeName) {
            case "timestamptz" -> OffsetDateTime.class;
            case "timestamp" -> LocalDateTime.class;
            case "date" -> LocalDate.class;
            case "time" -> LocalTime.class;
            default -> null;
        };
    }
}
