package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.EntityRowMapper;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.jdbc.core.RowMapper;

/** The user's own mappers, and for entities with children one that reads the children of many rows at once. */
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
        if (mapper != null || !loader.hasCollections(type)) {
            return mapper;
        }
        RelationalPersistentEntity<T> entity =
                (RelationalPersistentEntity<T>) converter.getMappingContext().getRequiredPersistentEntity(type);
        return new BatchReadingRowMapper<>(loader, type, new EntityRowMapper<>(entity, converter));
    }
}
