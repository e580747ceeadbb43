package dev.dovetail.repository;

import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
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
     * @throws InvalidDataAccessApiUsageException if it is none of the property's values, or none at all where there always is
     *     one
     */
    @Nullable
    Object read(@Nullable Object key, ConversionService conversions) {
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (key == null && !nullable) {
            throw refused("is missing, and there are no rows without it", null);
        }
        if (key == null || wanted.isInstance(key)) {
            return key;
        }
        Object read;
        try {
            read = BeanUtils.isSimpleValueType(key.getClass()) ? converted(key, wanted, conversions) : null;
        } catch (ConversionException | DateTimeException ex) {
            throw refused("is not a " + wanted.getSimpleName(), ex);
        }
        if (read == null || (BeanUtils.isSimpleValueType(wanted) && !wanted.isInstance(read))) {
            throw refused("is not a " + wanted.getSimpleName(), null);
        }
        return read;
    }

    private static @Nullable Object converted(Object key, Class<?> wanted, ConversionService conversions) {
        if (key instanceof CharSequence text && Temporal.class.isAssignableFrom(wanted)) {
            Method parse = ReflectionUtils.findMethod(wanted, "parse", CharSequence.class);
            return parse == null ? key : ReflectionUtils.invokeMethod(parse, null, text);
        }
        return conversions.canConvert(key.getClass(), wanted) ? conversions.convert(key, wanted) : key;
    }

    private InvalidDataAccessApiUsageException refused(String how, @Nullable Exception cause) {
        return new InvalidDataAccessApiUsageException(
                "The scroll position's key '%s' %s. Use the position of a window as it was given.".formatted(path, how),
                cause);
    }
}
