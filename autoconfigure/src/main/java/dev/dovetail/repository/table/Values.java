package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnValues;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.TableInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.TypeMismatchDataAccessException;

/** Values on their way into the database and out of it. Messages name the column, never the value. */
final class Values {

    private final DatabaseEngine engine;

    Values(DatabaseEngine engine) {
        this.engine = engine;
    }

    /** The value as it is bound for this column. */
    Object encode(TableInfo table, ColumnInfo column, Object given) {
        return encode(table, column, engine.codec(column.type()), given);
    }

    /** The value as it is bound for this column, whose codec this is. */
    Object encode(TableInfo table, ColumnInfo column, ColumnCodec codec, Object given) {
        Object value = unwrapped(given);
        boolean text = value instanceof CharSequence && column.type().kind() == ColumnType.Kind.UUID;
        boolean taken = codec.accepts(value.getClass()) || text || column.type().kind() == ColumnType.Kind.OTHER;
        if (!taken) {
            throw mismatch(table, column, given, "", null);
        }
        return encode(codec, table, column, value);
    }

    ColumnCodec codec(ColumnInfo column) {
        return engine.codec(column.type());
    }

    /** The same for a value that may have come back from a client as text. */
    Object encodeAlsoText(ColumnRef column, Object given) {
        if (column.type().kind() == ColumnType.Kind.BOOLEAN && (given.equals("true") || given.equals("false"))) {
            return encode(column, given.equals("true"));
        }
        return given instanceof String
                ? encode(engine.codec(column.type()), column.table(), column.column(), given)
                : encode(column, given);
    }

    private static Object encode(ColumnCodec codec, TableInfo table, ColumnInfo column, Object value) {
        try {
            return codec.encode(value);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            String reason = e instanceof IllegalArgumentException ? ": " + e.getMessage() : "";
            throw mismatch(table, column, value, reason, e);
        }
    }

    private static TypeMismatchDataAccessException mismatch(
            TableInfo table, ColumnInfo column, Object given, String reason, @Nullable Exception cause) {
        String message = "A value of type %s does not fit column \"%s\" of table \"%s\", which holds %s%s"
                .formatted(
                        given.getClass().getTypeName(),
                        column.name(),
                        table.name(),
                        column.type().kind(),
                        reason);
        return new TypeMismatchDataAccessException(message, cause);
    }

    Object encode(ColumnRef column, Object value) {
        return encode(column.table(), column.column(), value);
    }

    /** What the column holds in the current row. */
    @Nullable
    Object read(ColumnRef column, ResultSet result, int index) throws SQLException {
        try {
            return engine.codec(column.type()).read(result, index);
        } catch (IllegalArgumentException e) {
            throw new DataRetrievalFailureException(
                    "%s, which holds %s, has a value that is none: %s"
                            .formatted(column.description(), column.type().kind(), e.getMessage()),
                    e);
        }
    }

    /** Enums by their names; of a record with one component, what is in it. */
    static Object unwrapped(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (!(value instanceof Record)) {
            return value;
        }
        RecordComponent[] components = value.getClass().getRecordComponents();
        if (components.length != 1) {
            return value;
        }
        Object inside = component(value, components[0]);
        return inside == null ? value : unwrapped(inside);
    }

    static @Nullable Object component(Object of, RecordComponent component) {
        return component(of, accessor(component));
    }

    /** What reads a component, also of a record that nobody else may see. */
    static Method accessor(RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return accessor;
    }

    static @Nullable Object component(Object of, Method accessor) {
        try {
            return accessor.invoke(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Component %s cannot be read".formatted(accessor.getName()), e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Component %s failed when it was read".formatted(accessor.getName()), e);
        }
    }

    /** What would be read of the column if this was written. */
    static Object normalized(ColumnInfo column, Object given) {
        Object value = unwrapped(given);
        return switch (column.type().kind()) {
            case INTEGER -> ColumnValues.whole(value);
            case DECIMAL -> ColumnValues.decimal(value, column.type());
            case TEXT -> ColumnValues.text(value);
            case UUID -> ColumnValues.uuid(value);
            case TIMESTAMP -> ColumnValues.instant(value);
            case DATETIME -> ColumnValues.dateTime(value);
            case TIME -> ColumnValues.time(value);
            case BOOLEAN, DOUBLE, DATE, JSON, BINARY, OTHER -> value;
        };
    }
}
