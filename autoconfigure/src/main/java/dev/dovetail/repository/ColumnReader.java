package dev.dovetail.repository;

import dev.dovetail.engine.ColumnType.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.util.ClassUtils;

/**
 * Reads one column of the current row as the value of its property. What has to be converted, and how, is decided once.
 *
 * <p>Safe for use by several threads.
 */
interface ColumnReader {

    /**
     * The value of the property; null for NULL.
     *
     * @throws IllegalArgumentException if what is stored is no value of the column's kind; the message does not quote it
     */
    @Nullable
    Object read(ResultSet rows, int index) throws SQLException;

    /**
     * A reader that gives the same as the converter would.
     *
     * @param codec of the column
     */
    static ColumnReader of(
            RelationalPersistentProperty property,
            PropertyColumn column,
            ColumnReader codec,
            StoredValues values,
            JdbcConverter converter) {
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
        Class<?> decoded = decoded(column.type().kind());
        if (decoded == null || (column.isJson() && wanted != String.class) || values.isConvertedOnReading(wanted)) {
            return converting(property, column, values, converter);
        }
        if (wanted.isAssignableFrom(decoded)) {
            return codec;
        }
        UnaryOperator<Object> shortcut = shortcut(decoded, wanted);
        TypeInformation<?> type = property.getTypeInformation();
        return (rows, index) -> {
            Object value = codec.read(rows, index);
            if (value == null) {
                return null;
            }
            Object known = shortcut.apply(value);
            return known != null ? known : converted(value, type, wanted, values, converter);
        };
    }

    private static ColumnReader converting(
            RelationalPersistentProperty property,
            PropertyColumn column,
            StoredValues values,
            JdbcConverter converter) {
        TypeInformation<?> type = property.getTypeInformation();
        return (rows, index) -> {
            Object stored = values.stored(rows, index);
            return stored == null ? null : converter.readValue(values.read(stored, property, column), type);
        };
    }

    private static @Nullable Object converted(
            Object value, TypeInformation<?> type, Class<?> wanted, StoredValues values, JdbcConverter converter) {
        Object known = values.as(value, wanted);
        return known != null ? known : converter.readValue(value, type);
    }

    // The conversions that occur in most entities; null stands for a value that has to go the long way, where it fails.
    private static UnaryOperator<Object> shortcut(Class<?> decoded, Class<?> wanted) {
        if (decoded == Long.class && wanted == Integer.class) {
            return value -> {
                long whole = (Long) value;
                return (int) whole == whole ? Integer.valueOf((int) whole) : null;
            };
        }
        if (decoded == String.class && wanted.isEnum()) {
            Map<Object, Object> constants = new HashMap<>();
            for (Object constant : wanted.getEnumConstants()) {
                constants.put(((Enum<?>) constant).name(), constant);
            }
            return constants::get;
        }
        return value -> null;
    }

    private static @Nullable Class<?> decoded(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> Boolean.class;
            case INTEGER -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case DOUBLE -> Double.class;
            case TEXT, JSON -> String.class;
            case UUID -> UUID.class;
            case TIMESTAMP -> Instant.class;
            case DATETIME -> LocalDateTime.class;
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case BINARY -> byte[].class;
            case OTHER -> null;
        };
    }
}
