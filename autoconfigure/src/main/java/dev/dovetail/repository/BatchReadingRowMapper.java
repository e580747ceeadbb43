package dev.dovetail.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * Makes entities of rows, and reads the children of many of them at once before it does.
 *
 * @param <T> the entity
 */
final class BatchReadingRowMapper<T extends @Nullable Object> implements RowMapper<T> {

    private final ChildLoader loader;
    private final Class<?> type;
    private final RowMapper<T> mapper;

    BatchReadingRowMapper(ChildLoader loader, Class<?> type, RowMapper<T> mapper) {
        this.loader = loader;
        this.type = type;
        this.mapper = mapper;
    }

    @Override
    public T mapRow(ResultSet resultSet, int rowNumber) throws SQLException {
        if (!(resultSet instanceof LookAheadRows rows)) {
            return mapper.mapRow(resultSet, rowNumber);
        }
        Children children = rows.children();
        if (children == null) {
            children = loader.load(type, rows.lookAhead(ChildLoader.PARENTS));
            rows.children(children);
        }
        return children.during(() -> mapper.mapRow(rows, rowNumber));
    }
}
