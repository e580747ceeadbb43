package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.relational.core.conversion.DbAction;
import org.springframework.data.relational.core.conversion.IdValueSource;
import org.springframework.data.relational.core.conversion.MutableAggregateChange;
import org.springframework.data.relational.core.conversion.RelationalEntityVersionUtils;
import org.springframework.data.relational.core.conversion.RootAggregateChange;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.util.Assert;

/**
 * Saves entities that are one row each, step by step as Spring Data does ({@code JdbcAggregateTemplate}), but without working
 * out each time of which statements that consists: it is one. Safe for use by several threads.
 */
final class DirectSaves {

    private final DataAccessStrategy access;
    private final JdbcConverter converter;
    private final EntityLifecycle lifecycle;

    DirectSaves(DataAccessStrategy access, JdbcConverter converter, EntityLifecycle lifecycle) {
        this.access = access;
        this.converter = converter;
        this.lifecycle = lifecycle;
    }

    /** Inserts what is new, and changes what is not. */
    <T> T save(Class<T> type, T instance) {
        return entity(type).isNew(instance) ? insert(type, instance) : update(type, instance);
    }

    <T> T insert(Class<T> type, T given) {
        RelationalPersistentEntity<T> entity = entity(type);
        T instance = lifecycle.beforeConvert(given);
        RelationalPersistentProperty version = entity.getVersionProperty();
        if (version != null) {
            instance = versioned(entity, instance, version.getActualType().isPrimitive() ? 1 : 0);
        }
        IdValueSource source = IdValueSource.forInstance(instance, entity);
        RootAggregateChange<T> change = MutableAggregateChange.forSave(instance);
        change.setRootAction(new DbAction.InsertRoot<>(instance, source));
        instance = beforeSave(instance, change);
        Object id = access.insert(instance, type, Identifier.empty(), source);
        return afterSave(entity, source == IdValueSource.GENERATED ? identified(entity, instance, id) : instance);
    }

    <T> T update(Class<T> type, T given) {
        RelationalPersistentEntity<T> entity = entity(type);
        T instance = lifecycle.beforeConvert(given);
        Number before = null;
        if (entity.hasVersionProperty()) {
            before = RelationalEntityVersionUtils.getVersionNumberFromEntity(instance, entity, converter);
            instance = versioned(entity, instance, (before == null ? 0 : before.longValue()) + 1);
        }
        RootAggregateChange<T> change = MutableAggregateChange.forSave(instance, before);
        change.setRootAction(new DbAction.UpdateRoot<>(instance, before));
        instance = beforeSave(instance, change);
        if (before == null) {
            access.update(instance, type);
        } else {
            access.updateWithVersion(instance, type, before);
        }
        return afterSave(entity, instance);
    }

    private <T> T beforeSave(T instance, RootAggregateChange<T> change) {
        T saved = lifecycle.beforeSave(instance, change);
        change.setRoot(saved);
        return saved;
    }

    private <T> T afterSave(RelationalPersistentEntity<T> entity, T instance) {
        Assert.notNull(
                entity.getIdentifierAccessor(instance).getIdentifier(), "After saving the identifier must not be null");
        return lifecycle.afterSave(instance);
    }

    private <T> T identified(RelationalPersistentEntity<T> entity, T instance, @Nullable Object id) {
        PersistentPropertyAccessor<T> accessor = converter.getPropertyAccessor(entity, instance);
        accessor.setProperty(entity.getRequiredIdProperty(), id);
        return accessor.getBean();
    }

    private <T> T versioned(RelationalPersistentEntity<T> entity, T instance, long version) {
        return RelationalEntityVersionUtils.setVersionNumberOnEntity(instance, version, entity, converter);
    }

    @SuppressWarnings("unchecked")
    private <T> RelationalPersistentEntity<T> entity(Class<T> type) {
        return (RelationalPersistentEntity<T>) converter.getMappingContext().getRequiredPersistentEntity(type);
    }
}
