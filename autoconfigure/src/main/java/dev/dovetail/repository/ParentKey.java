package dev.dovetail.repository;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
 * @param values as the database holds them
 */
record ParentKey(List<SqlIdentifier> columns, List<@Nullable Object> values) {

    static ParentKey of(Identifier identifier, JdbcConverter converter) {
        List<SqlIdentifier> columns = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        identifier.forEach((name, value, type) -> {
            columns.add(name);
            values.add(comparable(converter
                    .writeJdbcValue(value, TypeInformation.of(type), JdbcUtil.targetSqlTypeFor(type))
                    .getValue()));
        });
        return new ParentKey(columns, values);
    }

    /** A driver gives one number as another class than it took it as. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger large && large.bitLength() < Long.SIZE) {
            return large.longValue();
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    /** The value as a parameter. */
    static @Nullable Object parameter(@Nullable Object value) {
        if (!(value instanceof ByteBuffer bytes)) {
            return value;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
