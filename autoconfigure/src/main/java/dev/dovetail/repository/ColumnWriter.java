package dev.dovetail.repository;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.jdbc.support.JdbcUtil;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;

/** Makes of a property's values what the driver is given for its column; safe for use by several threads. */
final class ColumnWriter {

    private final RelationalPersistentProperty property;
    private final PropertyColumn column;
    private final StoredValues values;
    private final JdbcConverter converter;
    private final TypeInformation<?> columnType;
    private final SQLType sqlType;
    // The class of the last value that was written as it is: nearly always there is only one.
    private volatile @Nullable Class<?> writtenAsIs;

    ColumnWriter(
            RelationalPersistentProperty property,
            PropertyColumn column,
            StoredValues values,
            JdbcConverter converter) {
        this.property = property;
        this.column = column;
        this.values = values;
        this.converter = converter;
        this.columnType = TypeInformation.of(converter.getColumnType(property));
        this.sqlType = column.isTextOf(property) ? JdbcUtil.targetSqlTypeFor(columnType.getType()) : column;
    }

    /**
     * The value as it is bound: plain, or with the type that a converter of the application wants.
     *
     * @throws ColumnValueException if the column cannot hold it
     */
    @Nullable
    Object write(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value.getClass() == writtenAsIs) {
            return values.write(value, column);
        }
        if (values.isWritten(value, column)) {
            writtenAsIs = value.getClass();
            return values.write(value, column);
        }
        return value instanceof AggregateReference<?, ?> reference
                ? write(reference.getId())
                : converter.writeJdbcValue(value, columnType, sqlType);
    }

    /** Binds what {@link #write} returned. */
    void bind(PreparedStatement statement, int index, @Nullable Object written) throws SQLException {
        if (written == null) {
            statement.setNull(index, column.codec().jdbcType().getVendorTypeNumber());
        } else if (written instanceof JdbcValue converted) {
            bindConverted(statement, index, converted);
        } else {
            statement.setObject(index, written);
        }
    }

    private static void bindConverted(PreparedStatement statement, int index, JdbcValue converted) throws SQLException {
        SQLType type = converted.getJdbcType();
        int number = type == null ? SqlTypeValue.TYPE_UNKNOWN : type.getVendorTypeNumber();
        StatementCreatorUtils.setParameterValue(statement, index, number, converted.getValue());
    }

    @Override
    public String toString() {
        return property + " in " + column.table() + "." + column.column();
    }
}
