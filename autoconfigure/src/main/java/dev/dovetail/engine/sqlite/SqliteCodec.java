package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnCodec;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of values lies in SQLite, as two functions. The driver returns a Long or Integer, a Double, a String or bytes,
 * whatever the column was declared as.
 *
 * @param jdbcType the type that values and NULL are bound as
 * @param accepted the classes whose values are written as they are
 * @param encoder from Java to what lies in the file
 * @param decoder from what lies in the file to Java
 */
record SqliteCodec(
        JDBCType jdbcType, List<Class<?>> accepted, UnaryOperator<Object> encoder, UnaryOperator<Object> decoder)
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
        Object stored = resultSet.getObject(index);
        return stored == null ? null : decode(stored);
    }
}
