package dev.dovetail.engine;

import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Leaves values to the driver. */
enum DriverCodec implements ColumnCodec {
    INSTANCE;

    @Override
    public boolean accepts(Class<?> type) {
        return false;
    }

    @Override
    public JDBCType jdbcType() {
        return JDBCType.OTHER;
    }

    @Override
    public Object encode(Object value) {
        return value;
    }

    @Override
    public Object decode(Object stored) {
        return stored;
    }

    @Override
    public @Nullable Object read(ResultSet resultSet, int index) throws SQLException {
        return resultSet.getObject(index);
    }
}
