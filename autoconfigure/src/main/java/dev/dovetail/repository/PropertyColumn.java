package dev.dovetail.repository;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnType;
import java.sql.SQLType;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/**
 * The column a property is stored in. It travels as the property's SQL type, as that is what Spring Data asks for wherever it
 * binds a property's value.
 *
 * @param property for messages, for example {@code Issuer.createdAt}
 * @param table as the database spells it
 * @param column as the database spells it
 * @param type of the column
 * @param codec of the column
 * @param isJson whether it holds JSON documents, by its type or because the property says so
 */
record PropertyColumn(String property, String table, String column, ColumnType type, ColumnCodec codec, boolean isJson)
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

    boolean isTextOf(RelationalPersistentProperty property) {
        return type.kind() == ColumnType.Kind.TEXT && property.getType() == String.class;
    }

    @Override
    public String getName() {
        return type.name();
    }

    @Override
    public String getVendor() {
        return "dev.dovetail";
    }

    @Override
    public Integer getVendorTypeNumber() {
        return codec.jdbcType().getVendorTypeNumber();
    }
}
