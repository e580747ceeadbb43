package dev.dovetail.engine;

import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of values lies in a database, as two functions.
 *
 * @param jdbcType the type that values and NULL are bound as
 * @param accepted the classes whose values are written as they are
 * @param encoder from Java to what the driver takes
 * @param decoder from what the driver returns to Java
 * @param driverClass the class to ask the driver for; null for what {@code getObject} returns by itself
 */
public record FunctionCodec(
        JDBCType jdbcType,
        List<Class<?>> accepted,
        UnaryOperator<Object> encoder,
        UnaryOperator<Object> decoder,
        @Nullable Class<?> driverClass)
        implements ColumnCodec {

    public FunctionCodec {
        accepted = List.copyOf(accepted);
    }

    /** Of what the driver's {@code getObject} returns by itself. */
    public FunctionCodec(
            JDBCType jdbcType, List<Class<?>> accepted, UnaryOperator<Object> encoder, UnaryOperator<Object> decoder) {
        this(jdbcType, accepted, encoder, decoder, null);
    }

    @Override
    public boolean accepts(Class<?> type) {
        for (Class<?> each : accepted) {
            if (each.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object encode(Object value) {
        return encoder.apply(value);
    }

    @Override
    public Object decode(Object stored) {
        return decoder.apply(stored);
    }

    @Override
    public @Nullable Object read(ResultSet resultSet, int index) throws SQLException {
        Object stored = driverClass == null ? resultSet.getObject(index) : resultSet.getObject(index, driverClass);
        return stored == null ? null : decode(stored);
    }
}
