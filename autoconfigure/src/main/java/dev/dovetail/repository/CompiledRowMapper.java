package dev.dovetail.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;
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
    private final Supplier<UnaryOperator<T>> afterwards;

    /**
     * @param stock maps what cannot be compiled, and the rows of results that are not ours
     * @param afterwards asked once for each result, what becomes of an entity that was not mapped by {@code stock}
     */
    CompiledRowMapper(
            Class<T> type,
            CompiledEntities entities,
            RowMapper<? extends T> stock,
            Supplier<UnaryOperator<T>> afterwards) {
        this.type = type;
        this.entities = entities;
        this.stock = stock;
        this.afterwards = afterwards;
    }

    @Override
    public T mapRow(ResultSet resultSet, int rowNumber) throws SQLException {
        UnshiftedRows rows = rows(resultSet);
        ResultReading<T> reading = rows == null ? null : reading(rows);
        return rows == null || reading == null ? stock.mapRow(resultSet, rowNumber) : reading.read(rows.raw());
    }

    private @Nullable ResultReading<T> reading(UnshiftedRows rows) throws SQLException {
        ResultReading<T> known = rows.reading(this);
        if (known != null) {
            return known;
        }
        CompiledEntity<T> entity = entity();
        int[] positions = entity == null ? null : entity.positions(rows.raw().getMetaData());
        if (entity == null || positions == null) {
            return null;
        }
        ResultReading<T> found = new ResultReading<>(this, entity, positions, afterwards.get());
        rows.reading(found);
        return found;
    }

    /** The entity as it is now; null if it cannot be compiled. */
    @Nullable
    CompiledEntity<T> entity() {
        return entities.of(type);
    }

    /** What becomes of the entities of a result. */
    UnaryOperator<T> afterwards() {
        return afterwards.get();
    }

    private static @Nullable UnshiftedRows rows(ResultSet resultSet) {
        ResultSet rows = resultSet instanceof LookAheadRows ahead ? ahead.unread() : resultSet;
        return rows instanceof UnshiftedRows unshifted ? unshifted : null;
    }
}
