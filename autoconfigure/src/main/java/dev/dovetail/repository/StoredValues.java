package dev.dovetail.repository;

import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.DatabaseEngine;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.convert.CustomConversions;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.util.ClassUtils;

/** What becomes of a property's value on its way to a column and back. */
final class StoredValues {

    // What Spring Data converts by itself, to be told from what the application adds.
    private static final CustomConversions SPRINGS = new JdbcCustomConversions();

    // What drivers return and codecs decode to.
    private static final List<Class<?>> FROM_COLUMNS = List.of(
            Boolean.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            String.class,
            byte[].class,
            UUID.class,
            Instant.class,
            OffsetDateTime.class,
            LocalDateTime.class,
            LocalDate.class,
            LocalTime.class,
            Timestamp.class,
            java.sql.Date.class,
            java.sql.Time.class,
            Date.class);

    private final DatabaseEngine engine;
    private final CustomConversions conversions;
    private final @Nullable JsonDocuments documents;

    StoredValues(DatabaseEngine engine, CustomConversions conversions, @Nullable JsonDocuments documents) {
        this.engine = engine;
        this.conversions = conversions;
        this.documents = documents;
    }

    /** Whether the engine knows how to bind the value without knowing its column. */
    static boolean isBoundByItsClass(Object value) {
        return value instanceof Temporal || value instanceof UUID;
    }

    /** Arrays of the database, which only PostgreSQL has, are Spring Data's. */
    boolean isLeftToSpring(RelationalPersistentProperty property, PropertyColumn column) {
        return column.type().kind() == ColumnType.Kind.OTHER && property.isCollectionLike();
    }

    /** Whether {@link #write} takes the value as it is; another is converted by Spring before. */
    boolean isWritten(Object value, PropertyColumn column) {
        return !isConvertedByApplication(value.getClass())
                && (column.codec().accepts(value.getClass()) || (column.isJson() && !(value instanceof JdbcValue)));
    }

    /** Whether a converter of the application makes values of this class of anything that can come from a column. */
    boolean isConvertedOnReading(Class<?> wanted) {
        return FROM_COLUMNS.stream().anyMatch(stored -> isConvertedByApplication(stored, wanted));
    }

    /** What the driver returns for a column of the current row, moments and dates as {@code java.time} has them. */
    @Nullable
    Object stored(ResultSet rows, int index) throws SQLException {
        return engine.read(rows, index);
    }

    private boolean isConvertedByApplication(Class<?> type) {
        return !conversions.getCustomWriteTarget(type).equals(SPRINGS.getCustomWriteTarget(type));
    }

    /** Whether a converter of the application makes values of this class of what is stored. */
    boolean isConvertedByApplication(Class<?> stored, Class<?> wanted) {
        return conversions.hasCustomReadTarget(stored, wanted) && !SPRINGS.hasCustomReadTarget(stored, wanted);
    }

    /** Whether Spring Data stores and reads values of this class without a converter of the application. */
    static boolean isSimple(Class<?> type) {
        return SPRINGS.isSimpleType(type);
    }

    /**
     * The value as the driver takes it.
     *
     * @throws ColumnValueException if the column cannot hold it
     */
    Object write(Object value, PropertyColumn column) {
        if (!column.isJson()) {
            return column.encode(value);
        }
        try {
            return column.encode(isDocument(value, column) ? value : document(value, column));
        } catch (IllegalArgumentException e) {
            throw column.refused(e);
        }
    }

    // What a converter made for the driver; of every other value Jackson makes a document.
    private static boolean isDocument(Object value, PropertyColumn column) {
        return !(value instanceof CharSequence)
                && !isSimple(value.getClass())
                && column.codec().accepts(value.getClass());
    }

    private String document(Object value, PropertyColumn column) {
        if (value instanceof CharSequence text) {
            return documents == null ? text.toString() : documents.check(text.toString());
        }
        return required(column).write(value);
    }

    /**
     * The value as its property takes it, or as Spring can convert it.
     *
     * @throws IllegalArgumentException if what is stored is no value of the column's kind
     */
    @Nullable
    Object read(Object stored, RelationalPersistentProperty property, PropertyColumn column) {
        Class<?> wanted = property.getType();
        if (isLeftToSpring(property, column)) {
            return stored;
        }
        Object value = column.codec().decode(stored);
        if (isConvertedByApplication(value.getClass(), wanted)) {
            return value;
        }
        if (isConvertedByApplication(stored.getClass(), wanted)) {
            return stored;
        }
        if (value instanceof Long whole && needsSmaller(whole, wanted)) {
            return whole.intValue();
        }
        if (column.isJson() && wanted != String.class && !isConvertedByApplication(String.class, wanted)) {
            return required(column).read(value.toString(), genericType(property));
        }
        Object known = as(value, wanted);
        return known != null ? known : value;
    }

    // The application's converter takes what the driver returns for a small number.
    private boolean needsSmaller(long whole, Class<?> wanted) {
        return (int) whole == whole
                && !conversions.hasCustomReadTarget(Long.class, wanted)
                && isConvertedByApplication(Integer.class, wanted);
    }

    private static Type genericType(RelationalPersistentProperty property) {
        return property.getTypeInformation()
                .toTypeDescriptor()
                .getResolvableType()
                .getType();
    }

    private JsonDocuments required(PropertyColumn column) {
        if (documents == null) {
            throw new IllegalStateException(
                    "Property %s is a JSON document, but Jackson is not on the class path: add tools.jackson.core:jackson-databind"
                            .formatted(column.property()));
        }
        return documents;
    }

    /**
     * The value as this class, if there is one meaning to it on every engine; otherwise null.
     *
     * @throws IllegalArgumentException if it is a text that is none of an enum's constants; the message does not quote it
     */
    @Nullable
    Object as(Object value, Class<?> type) {
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wanted.isInstance(value)) {
            return value;
        }
        Instant moment = moment(value);
        if (moment != null) {
            if (wanted == Instant.class) {
                return moment;
            }
            if (wanted == OffsetDateTime.class) {
                return moment.atOffset(ZoneOffset.UTC);
            }
            if (wanted == ZonedDateTime.class) {
                return moment.atZone(ZoneOffset.UTC);
            }
            if (wanted == LocalDateTime.class) {
                return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
            }
            if (wanted == LocalDate.class) {
                return LocalDate.ofInstant(moment, ZoneOffset.UTC);
            }
            if (wanted == Date.class) {
                return Date.from(moment);
            }
        }
        if (wanted.isEnum() && value instanceof String name) {
            return constant(wanted, name);
        }
        if (wanted == Boolean.class && value instanceof Long whole) {
            return whole != 0;
        }
        return engine.as(value, wanted);
    }

    // Java's own message would quote what is stored.
    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("a text is none of the constants of " + type.getSimpleName());
    }

    private static @Nullable Instant moment(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        return value instanceof LocalDateTime dateTime ? dateTime.toInstant(ZoneOffset.UTC) : null;
    }
}
