package dev.dovetail.repository;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.support.JdbcUtil;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * What the columns of a child say about its parent.
 *
 * @param columns in their order
 * @param values in a form in which equal ones are equal
 */
record ParentKey(List<SqlIdentifier> columns, List<@Nullable Object> values) {

    static ParentKey of(Identifier identifier, JdbcConverter converter) {
        List<SqlIdentifier> columns = new ArrayList<>();
        identifier.forEach((name, value, type) -> columns.add(name));
        List<@Nullable Object> values = new ArrayList<>();
        parameters(identifier, converter).forEach(value -> values.add(comparable(value)));
        return new ParentKey(columns, values);
    }

    /** The values as they are bound, in the order of the columns. */
    static List<@Nullable Object> parameters(Identifier identifier, JdbcConverter converter) {
        List<@Nullable Object> values = new ArrayList<>();
        identifier.forEach((name, value, type) -> values.add(converter
                .writeJdbcValue(value, TypeInformation.of(type), JdbcUtil.targetSqlTypeFor(type))
                .getValue()));
        return values;
    }

    /** A driver gives a value as another class than it took it as. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger large && large.bitLength() < Long.SIZE) {
            return large.longValue();
        }
        if (value instanceof UUID uuid) {
            return uuid.toString();
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
