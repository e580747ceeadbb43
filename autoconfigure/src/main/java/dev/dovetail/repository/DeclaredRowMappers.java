package dev.dovetail.repository;

import dev.dovetail.datasource.delegating.DelegatingResultSet;
import dev.dovetail.engine.ColumnCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.jdbc.repository.query.RowMapperFactory;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.util.ClassUtils;

/**
 * Maps the results of one {@code @Query} that are neither the repository's entities nor projections of them: single values,
 * and classes made for the query. A result that is named like a column of the entity is read as that column's values lie.
 */
final class DeclaredRowMappers implements RowMapperFactory {

    private final RowMapperFactory stock;
    private final ColumnAwareJdbcConverter converter;
    private final ScaledDecimals decimals;
    private final Class<?> entity;
    private final String sql;

    DeclaredRowMappers(
            RowMapperFactory stock,
            ColumnAwareJdbcConverter converter,
            ScaledDecimals decimals,
            Class<?> entity,
            String sql) {
        this.stock = stock;
        this.converter = converter;
        this.decimals = decimals;
        this.entity = entity;
        this.sql = sql;
    }

    // A single value may be NULL, which Spring's own mappers return as well.
    @Override
    @SuppressWarnings("NullAway")
    public RowMapper<Object> create(Class<?> result) {
        RowMapper<Object> mapper = stock.create(result);
        if (converter.hasTable(result)) {
            return mapper;
        }
        return converter.getMappingContext().getPersistentEntity(result) == null
                ? (resultSet, row) -> single(ClassUtils.resolvePrimitiveIfNecessary(result), mapper, resultSet, row)
                : (resultSet, row) -> mapper.mapRow(named(resultSet), row);
    }

    private @Nullable Object single(Class<?> type, RowMapper<Object> mapper, ResultSet resultSet, int row)
            throws SQLException {
        String label = resultSet.getMetaData().getColumnLabel(1);
        Optional<ColumnCodec> scaled = decimals.column(label);
        if (scaled.isPresent()) {
            return converter.readAs(resultSet, 1, scaled.get(), type);
        }
        if (Number.class.isAssignableFrom(type)) {
            refuseScaled(label);
        }
        return mapper.mapRow(resultSet, row);
    }

    private void refuseScaled(String label) {
        String column = decimals.inResultsOf(sql);
        if (column != null) {
            throw new InvalidDataAccessApiUsageException(
                    "Result \"%s\" is a number computed from column \"%s\", which this database keeps as a scaled whole number. "
                                    .formatted(label, column)
                            + "Name the result like the column if it has its digits (sum(%1$s) AS %1$s), or use table(…)."
                                    .formatted(column));
        }
    }

    private ResultSet named(ResultSet resultSet) {
        return new ScaledResults(resultSet);
    }

    /** Decodes the columns that are named like a scaled one. */
    private final class ScaledResults extends DelegatingResultSet {

        ScaledResults(ResultSet delegate) {
            super(delegate);
        }

        @Override
        public @Nullable Object getObject(int index) throws SQLException {
            String label = delegate.getMetaData().getColumnLabel(index);
            Optional<ColumnCodec> scaled = decimals.column(label);
            if (scaled.isPresent()) {
                return scaled.get().read(delegate, index);
            }
            Object value = delegate.getObject(index);
            if (value instanceof Number) {
                refuseScaledUnlessColumn(label);
            }
            return value;
        }

        private void refuseScaledUnlessColumn(String label) {
            if (!converter.hasColumn(entity, label)) {
                refuseScaled(label);
            }
        }
    }

    @Override
    public RowMapper<Object> getRowMapper(String reference) {
        return stock.getRowMapper(reference);
    }

    @Override
    public ResultSetExtractor<Object> getResultSetExtractor(String reference) {
        return stock.getResultSetExtractor(reference);
    }
}
