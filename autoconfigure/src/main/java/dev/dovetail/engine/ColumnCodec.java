package dev.dovetail.engine;

import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column lie in the database: one form is written, every form that occurs is read.
 *
 * <p>Implementations are immutable.
 */
public interface ColumnCodec {

    /**
     * Whether {@link #encode} takes values of this class as they are. A value of another class must be converted before,
     * for example an enum to its name.
     */
    boolean accepts(Class<?> type);

    /** The type that values and NULL are bound as, the same for every row of a batch. */
    JDBCType jdbcType();

    /**
     * The value as the driver is to be given it, by {@code setObject} without a type or with {@link #jdbcType()}.
     *
     * @throws IllegalArgumentException if the column cannot hold the value; the message says why without quoting it
     */
    Object encode(Object value);

    /**
     * The value as the column's {@linkplain ColumnType.Kind kind} says.
     *
     * @param stored what the driver's {@code getObject} returned, or {@link DatabaseEngine#read}
     * @throws IllegalArgumentException if that is no value of this kind; the message says why without quoting it
     */
    Object decode(Object stored);

    /** Reads and decodes a column of the current row. */
    @Nullable
    Object read(ResultSet resultSet, int index) throws SQLException;
}
