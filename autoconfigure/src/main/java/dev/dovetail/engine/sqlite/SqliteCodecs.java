package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnValues;
import dev.dovetail.engine.FunctionCodec;
import java.nio.charset.StandardCharsets;
import java.sql.JDBCType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * How values lie in SQLite's columns: one form is written, every form that is known to occur in files that others wrote is
 * read.
 */
final class SqliteCodecs {

    private static final List<Class<?>> MOMENTS = List.of(
            Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDateTime.class, LocalDate.class, Date.class);
    private static final List<Class<?>> DATE_TIMES =
            List.of(LocalDateTime.class, Instant.class, OffsetDateTime.class, ZonedDateTime.class, Date.class);

    private static final ColumnCodec BOOLEAN = new FunctionCodec(
            JDBCType.BIGINT, List.of(Boolean.class), value -> ColumnValues.truth(value) ? 1 : 0, SqliteStored::truth);
    private static final ColumnCodec INTEGER = new FunctionCodec(
            JDBCType.BIGINT, List.of(Number.class, Boolean.class), ColumnValues::whole, SqliteStored::whole);
    private static final ColumnCodec DOUBLE =
            new FunctionCodec(JDBCType.DOUBLE, List.of(Number.class), SqliteCodecs::number, SqliteStored::floating);
    private static final ColumnCodec TEXT = new FunctionCodec(
            JDBCType.VARCHAR,
            List.of(
                    CharSequence.class,
                    Character.class,
                    UUID.class,
                    Instant.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class,
                    LocalDateTime.class,
                    LocalDate.class,
                    LocalTime.class),
            SqliteCodecs::inText,
            SqliteStored::text);
    private static final ColumnCodec UUIDS = new FunctionCodec(
            JDBCType.VARCHAR,
            List.of(UUID.class),
            value -> ColumnValues.uuid(value).toString(),
            ColumnValues::uuid);
    private static final ColumnCodec MICROS = new FunctionCodec(
            JDBCType.BIGINT, MOMENTS, value -> SqliteTimes.micros(ColumnValues.instant(value)), SqliteStored::ofMicros);
    private static final ColumnCodec MOMENT = new FunctionCodec(
            JDBCType.VARCHAR, MOMENTS, value -> SqliteTimes.text(ColumnValues.instant(value)), SqliteStored::instant);
    private static final ColumnCodec DATE_TIME = new FunctionCodec(
            JDBCType.VARCHAR,
            DATE_TIMES,
            value -> SqliteTimes.text(ColumnValues.dateTime(value)),
            SqliteStored::dateTime);
    private static final ColumnCodec DATE = new FunctionCodec(
            JDBCType.VARCHAR,
            List.of(LocalDate.class, java.sql.Date.class),
            value -> SqliteTimes.text(ColumnValues.date(value)),
            SqliteStored::date);
    private static final ColumnCodec TIME = new FunctionCodec(
            JDBCType.VARCHAR,
            List.of(LocalTime.class, java.sql.Time.class),
            value -> SqliteTimes.text(ColumnValues.time(value)),
            SqliteStored::time);
    private static final ColumnCodec BINARY = new FunctionCodec(
            JDBCType.VARBINARY, List.of(byte[].class), ColumnValues::bytes, SqliteCodecs::storedBytes);
    private static final ColumnCodec BY_CLASS = new FunctionCodec(
            JDBCType.NULL,
            List.of(
                    Boolean.class,
                    Number.class,
                    CharSequence.class,
                    Character.class,
                    UUID.class,
                    Instant.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class,
                    LocalDateTime.class,
                    LocalDate.class,
                    LocalTime.class,
                    byte[].class),
            SqliteCodecs::byClass,
            stored -> stored);

    private SqliteCodecs() {}

    static ColumnCodec of(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BOOLEAN;
            case INTEGER -> INTEGER;
            case DECIMAL -> decimal(type);
            case DOUBLE -> DOUBLE;
            case TEXT, JSON -> TEXT;
            case UUID -> UUIDS;
            case TIMESTAMP -> SqliteWords.isOurs(type) ? MICROS : MOMENT;
            case DATETIME -> DATE_TIME;
            case DATE -> DATE;
            case TIME -> TIME;
            case BINARY -> BINARY;
            case OTHER -> BY_CLASS;
        };
    }

    private static ColumnCodec decimal(ColumnType type) {
        List<Class<?>> numbers = List.of(Number.class);
        if (!SqliteWords.isOurs(type)) {
            return new FunctionCodec(
                    JDBCType.DOUBLE,
                    numbers,
                    value -> SqliteStored.exactReal(ColumnValues.decimal(value, type)),
                    stored -> SqliteStored.decimal(stored, type));
        }
        if (SqliteWords.isScaled(type)) {
            return new FunctionCodec(
                    JDBCType.BIGINT,
                    numbers,
                    value -> ColumnValues.decimal(value, type).unscaledValue().longValueExact(),
                    stored -> SqliteStored.scaled(stored, type));
        }
        return new FunctionCodec(
                JDBCType.VARCHAR,
                numbers,
                value -> ColumnValues.decimal(value, type).toPlainString(),
                stored -> SqliteStored.decimal(stored, type));
    }

    // SQLite's files keep most things in text columns.
    private static Object inText(Object value) {
        if (value instanceof UUID) {
            return UUIDS.encode(value);
        }
        if (value instanceof LocalDate) {
            return DATE.encode(value);
        }
        if (value instanceof LocalTime) {
            return TIME.encode(value);
        }
        return value instanceof Temporal ? DATE_TIME.encode(value) : ColumnValues.text(value);
    }

    private static Object number(Object value) {
        double number = ColumnValues.floating(value);
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException("a number is NaN, which SQLite would store as NULL");
        }
        return number;
    }

    // SQLite converts a text that was put into a BLOB column to nothing.
    private static Object storedBytes(Object stored) {
        return stored instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : ColumnValues.bytes(stored);
    }

    // Where no column tells, as in the parameters of a query written by hand.
    static Object byClass(Object value) {
        if (value instanceof Boolean) {
            return BOOLEAN.encode(value);
        }
        if (value instanceof UUID) {
            return UUIDS.encode(value);
        }
        if (value instanceof Instant || value instanceof OffsetDateTime || value instanceof ZonedDateTime) {
            return MICROS.encode(value);
        }
        if (value instanceof LocalDateTime) {
            return DATE_TIME.encode(value);
        }
        if (value instanceof LocalDate) {
            return DATE.encode(value);
        }
        if (value instanceof LocalTime) {
            return TIME.encode(value);
        }
        if (value instanceof Double || value instanceof Float) {
            return DOUBLE.encode(value);
        }
        if (value instanceof Character) {
            return value.toString();
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }
}
