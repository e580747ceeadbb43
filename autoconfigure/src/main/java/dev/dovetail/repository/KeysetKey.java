package dev.dovetail.repository;

import java.time.DateTimeException;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * One property by which a window is ordered.
 *
 * @param path the property, with points where it lies inside another one
 * @param ascending whether small values come first
 * @param nullable whether its column may hold NULL, which counts as greater than every value
 * @param type the type of its values
 */
record KeysetKey(String path, boolean ascending, boolean nullable, Class<?> type) {

    Criteria equalTo(@Nullable Object value) {
        return value == null
                ? Criteria.where(path).isNull()
                : Criteria.where(path).is(value);
    }

    /** The rows that come after this value when going up or down; null if there can be none. */
    @Nullable
    Criteria beyond(@Nullable Object value, boolean up) {
        if (value == null) {
            return up ? null : Criteria.where(path).isNotNull();
        }
        if (!up) {
            return Criteria.where(path).lessThan(value);
        }
        Criteria greater = Criteria.where(path).greaterThan(value);
        return nullable ? greater.or(Criteria.where(path).isNull()) : greater;
    }

    /** A condition that an index on this column answers and that every row fulfils that comes after this value; or null. */
    @Nullable
    Criteria notBefore(@Nullable Object value, boolean up) {
        if (value == null) {
            return up ? Criteria.where(path).isNull() : null;
        }
        if (!up) {
            return Criteria.where(path).lessThanOrEquals(value);
        }
        return nullable ? null : Criteria.where(path).greaterThanOrEquals(value);
    }

    /**
     * A key as a client sent it back, which may have become text on its way.
     *
     * @throws InvalidDataAccessApiUsageException if it is none of the property's values
     */
    @Nullable
    Object read(@Nullable Object key, ConversionService conversions) {
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (key == null || wanted.isInstance(key)) {
            return key;
        }
        try {
            if (key instanceof CharSequence text && Temporal.class.isAssignableFrom(wanted)) {
                var parse = ReflectionUtils.findMethod(wanted, "parse", CharSequence.class);
                return parse == null ? key : ReflectionUtils.invokeMethod(parse, null, text);
            }
            return conversions.canConvert(key.getClass(), wanted) ? conversions.convert(key, wanted) : key;
        } catch (ConversionException | DateTimeException ex) {
            throw new InvalidDataAccessApiUsageException(
                    "The scroll position's key '%s' is not a %s. Use the position of a window as it was given."
                            .formatted(path, wanted.getSimpleName()),
                    ex);
        }
    }
}
