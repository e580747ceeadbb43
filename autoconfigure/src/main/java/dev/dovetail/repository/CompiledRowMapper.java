package dev.dovetail.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * Makes entities without children of rows, whose columns are found by their labels once for all rows.
 *
 * @param <T> the entity
 */
final class CompiledRowMapper<T> implements RowMapper<T> {

    private final Class<T> type;
    private final CompiledEntities entities;
    private final RowMapper<? extends T> stock;
    private final UnaryOperator<T> afterwards;

    /**
     * @param stock maps what cannot be compiled, and the rows of results that are not ours
     * @param afterwards what becomes of an entity that was not mapped by {@code stock}
     */
    CompiledRowMapper(
            Class<T> type, CompiledEntities entities, RowMapper<? extends T> stock, UnaryOperator<T> afterwards) {
        this.type = type;
        this.entities = entities;
        this.stock = stock;
        this.afterwards = afterwards;
    }

    @Override
    public T mapRow(ResultSet resultSet, int rowNumber) throws SQLException {
        UnshiftedRows rows = rows(resultSet);
        CompiledEntity<T> entity = rows == null ? null : entities.of(type);
        int[] positions = rows == null || entity == null ? null : rows.positions(entity);
        if (rows == null || entity == null || positions == null) {
            return stock.mapRow(resultSet, rowNumber);
        }
        return afterwards.apply(entity.read(rows.raw(), positions));
    }

    /** The entity as it is now; null if it cannot be compiled. */
    @Nullable
    CompiledEntity<T> entity() {
        return entities.of(type);
    }

    /** What becomes of an entity that was made of a row. */
    T afterwards(T entity) {
        return afterwards.apply(entity);
    }

    private static @Nullable UnshiftedRows rows(ResultSet resultSet) {
        ResultSet rows = resultSet instanceof LookAheadRows ahead ? ahead.unread() : resultSet;
        return rows instanceof UnshiftedRows unshifted ? unshifted : null;
    }
}
