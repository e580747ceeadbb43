package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.DelegatingDataAccessStrategy;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.relational.core.conversion.IdValueSource;
import org.springframework.data.relational.core.mapping.OptimisticLockingUtils;

/** A way to the database on which entities without children go directly, and all others as before. */
final class DirectRows extends DelegatingDataAccessStrategy {

    private final DirectAccess direct;

    DirectRows(DataAccessStrategy others, DirectAccess direct) {
        super(others);
        this.direct = direct;
    }

    // Null if it is not there, although the overridden method cannot say so.
    @Override
    @SuppressWarnings("NullAway")
    public <T extends @Nullable Object> T findById(Object id, Class<T> domainType) {
        CompiledEntity<T> entity = direct.of(domainType);
        return entity == null ? super.findById(id, domainType) : direct.findById(entity, id);
    }

    @Override
    public <T> boolean existsById(Object id, Class<T> domainType) {
        CompiledEntity<T> entity = direct.of(domainType);
        return entity == null ? super.existsById(id, domainType) : direct.existsById(entity, id);
    }

    @Override
    public long count(Class<?> domainType) {
        CompiledEntity<?> entity = direct.of(domainType);
        return entity == null ? super.count(domainType) : direct.count(entity);
    }

    @Override
    public <T> Iterable<T> findAll(Class<T> domainType) {
        CompiledEntity<T> entity = direct.of(domainType);
        return entity == null ? super.findAll(domainType) : direct.findAll(entity);
    }

    @Override
    public <T> @Nullable Object insert(
            T instance, Class<T> domainType, Identifier identifier, IdValueSource idValueSource) {
        // What has a parent gets its columns too.
        CompiledEntity<T> entity = identifier.size() > 0 ? null : direct.of(domainType);
        if (entity == null
                || idValueSource == IdValueSource.NONE
                || entity.table().view()) {
            return super.insert(instance, domainType, identifier, idValueSource);
        }
        if (idValueSource == IdValueSource.GENERATED) {
            return direct.insert(entity, instance);
        }
        direct.insertGiven(entity, instance);
        return null;
    }

    @Override
    public <S> boolean update(S instance, Class<S> domainType) {
        CompiledEntity<S> entity = updatable(domainType);
        return entity == null ? super.update(instance, domainType) : direct.update(entity, instance);
    }

    @Override
    public <S> boolean updateWithVersion(S instance, Class<S> domainType, Number previousVersion) {
        CompiledEntity<S> entity = updatable(domainType);
        if (entity == null || entity.version() == null) {
            return super.updateWithVersion(instance, domainType, previousVersion);
        }
        if (!direct.update(entity, instance, previousVersion)) {
            throw OptimisticLockingUtils.updateFailed(instance, previousVersion, entity.entity());
        }
        return true;
    }

    private <S> @Nullable CompiledEntity<S> updatable(Class<S> domainType) {
        CompiledEntity<S> entity = direct.of(domainType);
        return entity == null || !entity.isUpdatable() ? null : entity;
    }

    @Override
    public void delete(Object id, Class<?> domainType) {
        CompiledEntity<?> entity = direct.of(domainType);
        if (entity == null) {
            super.delete(id, domainType);
        } else {
            direct.delete(entity, id);
        }
    }

    @Override
    public <T> void deleteWithVersion(Object id, Class<T> domainType, Number previousVersion) {
        CompiledEntity<T> entity = direct.of(domainType);
        if (entity == null || entity.version() == null) {
            super.deleteWithVersion(id, domainType, previousVersion);
        } else if (!direct.delete(entity, id, previousVersion)) {
            throw OptimisticLockingUtils.deleteFailed(id, previousVersion, entity.entity());
        }
    }
}
