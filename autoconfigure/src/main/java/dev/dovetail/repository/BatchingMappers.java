package dev.dovetail.repository;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.EntityRowMapper;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.jdbc.core.RowMapper;

/**
 * The user's own mappers, for entities with children one that reads the children of many rows at once, and for other entities
 * one that is worked out beforehand.
 */
final class BatchingMappers implements QueryMappingConfiguration {

    private final @Nullable QueryMappingConfiguration own;
    private final JdbcConverter converter;
    private final ChildLoader loader;

    BatchingMappers(@Nullable QueryMappingConfiguration own, JdbcConverter converter, ChildLoader loader) {
        this.own = own;
        this.converter = converter;
        this.loader = loader;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable RowMapper<? extends T> getRowMapper(Class<T> type) {
        RowMapper<? extends T> mapper = own == null ? null : own.getRowMapper(type);
        RelationalPersistentEntity<T> entity =
                (RelationalPersistentEntity<T>) converter.getMappingContext().getPersistentEntity(type);
        if (mapper != null || entity == null) {
            return mapper;
        }
        EntityRowMapper<T> stock = new EntityRowMapper<>(entity, converter);
        if (loader.hasCollections(type)) {
            return new BatchReadingRowMapper<>(loader, type, stock);
        }
        return converter instanceof ColumnAwareJdbcConverter aware
                ? new CompiledRowMapper<>(type, aware.entities(), stock, UnaryOperator::identity)
                : null;
    }
}
