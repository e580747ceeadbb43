package dev.dovetail.repository;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnType;
import java.sql.JDBCType;
import java.sql.SQLType;

/**
 * The column a property is stored in. It travels as the property's SQL type, as that is what Spring Data asks for wherever it
 * binds a property's value.
 *
 * @param property for messages, for example {@code Issuer.createdAt}
 * @param table as the database spells it
 * @param column as the database spells it
 * @param type of the column
 * @param codec of the column
 */
record PropertyColumn(String property, String table, String column, ColumnType type, ColumnCodec codec)
        implements SQLType {

    /**
     * The value as the driver takes it.
     *
     * @throws ColumnValueException if the column cannot hold it
     */
    Object encode(Object value) {
        try {
            return codec.encode(value);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    ColumnValueException refused(IllegalArgumentException reason) {
        return new ColumnValueException(
                table, column, "Property " + property, String.valueOf(reason.getMessage()), reason);
    }

    boolean isJson() {
        return type.kind() == ColumnType.Kind.JSON;
    }

    @Override
    public String getName() {
        return type.name();
    }

    @Override
    public String getVendor() {
        return "dev.dovetail";
    }

    /** The type that NULL is bound as. Values are bound by their class. */
    @Override
    public Integer getVendorTypeNumber() {
        return nullType().getVendorTypeNumber();
    }

    JDBCType nullType() {
        return switch (type.kind()) {
            case BOOLEAN -> JDBCType.BOOLEAN;
            case INTEGER -> JDBCType.BIGINT;
            case DECIMAL -> JDBCType.NUMERIC;
            case DOUBLE -> JDBCType.DOUBLE;
            case TEXT -> JDBCType.VARCHAR;
            case TIMESTAMP -> JDBCType.TIMESTAMP_WITH_TIMEZONE;
            case DATETIME -> JDBCType.TIMESTAMP;
            case DATE -> JDBCType.DATE;
            case TIME -> JDBCType.TIME;
            case BINARY -> JDBCType.VARBINARY;
            case UUID, JSON, OTHER -> JDBCType.NULL;
        };
    }
}
