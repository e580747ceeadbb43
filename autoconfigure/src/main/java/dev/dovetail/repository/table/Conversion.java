package dev.dovetail.repository.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.util.ClassUtils;

/** Values of rows as the types of the caller's. Messages name the place, never the value. */
final class Conversion {

    private Conversion() {}

    /** @param where what to call the place of the value in a message */
    static @Nullable Object to(@Nullable Object value, Class<?> type, String where) {
        if (value == null) {
            if (type.isPrimitive()) {
                throw new DataRetrievalFailureException(
                        "There is no value in %s, and %s has no place for none".formatted(where, type.getName()));
            }
            return null;
        }
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wanted.isInstance(value)) {
            return value;
        }
        try {
            return value instanceof Number number && Number.class.isAssignableFrom(wanted)
                    ? number(number, wanted)
                    : other(value, wanted, where);
        } catch (ConversionException | IllegalArgumentException | ArithmeticException e) {
            // Not as cause: its message quotes the value.
            throw failed(value, type, where);
        }
    }

    static Object required(@Nullable Object value, Class<?> type, String where) {
        Object converted = to(value, type, where);
        if (converted == null) {
            throw new DataRetrievalFailureException(
                    "There is no value in %s. A record with a component for it has a place for none.".formatted(where));
        }
        return converted;
    }

    private static Object other(Object value, Class<?> wanted, String where) {
        if (wanted.isEnum() && value instanceof String name) {
            return constant(wanted, name);
        }
        if (wanted.isRecord()) {
            return RecordShape.around(value, wanted, where);
        }
        Object converted = DefaultConversionService.getSharedInstance().convert(value, wanted);
        if (converted == null) {
            throw failed(value, wanted, where);
        }
        return converted;
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("No such constant");
    }

    // Spring's own conversion drops what stands behind the point.
    private static Object number(Number value, Class<?> wanted) {
        if (wanted == Double.class) {
            return value.doubleValue();
        }
        if (wanted == Float.class) {
            return value.floatValue();
        }
        BigDecimal exact = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        if (wanted == BigDecimal.class) {
            return exact;
        }
        if (wanted == BigInteger.class) {
            return exact.toBigIntegerExact();
        }
        if (wanted == Long.class) {
            return exact.longValueExact();
        }
        if (wanted == Integer.class) {
            return exact.intValueExact();
        }
        if (wanted == Short.class) {
            return exact.shortValueExact();
        }
        if (wanted == Byte.class) {
            return exact.byteValueExact();
        }
        throw new IllegalArgumentException("No such number");
    }

    private static DataRetrievalFailureException failed(Object value, Class<?> type, String where) {
        return new DataRetrievalFailureException("The value in %s, of type %s, cannot be made a %s without loss"
                .formatted(where, value.getClass().getName(), type.getName()));
    }
}
