package dev.dovetail.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/**
 * How the rows of one result become entities.
 *
 * @param mapper that asked for it
 * @param entity made of each row
 * @param positions where the result has the entity's columns, counted from 1; 0 where it has not
 * @param afterwards what becomes of an entity that was made
 * @param <T> the entity
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ResultReading<T>(
        CompiledRowMapper<T> mapper, CompiledEntity<T> entity, int[] positions, UnaryOperator<T> afterwards) {

    T read(ResultSet rows) throws SQLException {
        return afterwards.apply(entity.read(rows, positions));
    }
}
