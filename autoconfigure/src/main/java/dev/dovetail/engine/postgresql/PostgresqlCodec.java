package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnCodec;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of values passes the driver.
 *
 * @param jdbcType the type that values and NULL are bound as
 * @param accepted the classes whose values are written as they are
 * @param encoder from Java to what the driver takes
 * @param decoder from what the driver returns to Java
 * @param driverClass the class to ask the driver for; null for what {@code getObject} returns by itself
 */
record PostgresqlCodec(
        JDBCType jdbcType,
        List<Class<?>> accepted,
        UnaryOperator<Object> encoder,
        UnaryOperator<Object> decoder,
        @Nullable Class<?> driverClass)
        implements ColumnCodec {

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
