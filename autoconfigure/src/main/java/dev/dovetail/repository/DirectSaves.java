package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.InsertSubject;
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
        DbAction.InsertRoot<T> insert = prepared(entity, given);
        Object id = access.insert(insert.entity(), type, Identifier.empty(), insert.idValueSource());
        return afterSave(entity, identified(entity, insert, id));
    }

    /** Whether all of them are to be inserted. */
    <T> boolean areNew(Class<T> type, List<T> instances) {
        RelationalPersistentEntity<T> entity = entity(type);
        return instances.stream().allMatch(entity::isNew);
    }

    /** Inserts all of them together, apart from the change between those that have their ids and those that get them. */
    <T> List<T> insertAll(Class<T> type, List<T> instances) {
        RelationalPersistentEntity<T> entity = entity(type);
        List<DbAction.InsertRoot<T>> inserts = new ArrayList<>(instances.size());
        for (T instance : instances) {
            inserts.add(prepared(entity, instance));
        }
        List<T> saved = new ArrayList<>(instances.size());
        while (saved.size() < inserts.size()) {
            insertAlike(entity, inserts, saved);
        }
        saved.replaceAll(each -> afterSave(entity, each));
        return saved;
    }

    private <T> void insertAlike(
            RelationalPersistentEntity<T> entity, List<DbAction.InsertRoot<T>> inserts, List<T> saved) {
        int from = saved.size();
        IdValueSource source = inserts.get(from).idValueSource();
        List<InsertSubject<T>> subjects = new ArrayList<>();
        for (int i = from; i < inserts.size() && inserts.get(i).idValueSource() == source; i++) {
            subjects.add(InsertSubject.describedBy(inserts.get(i).entity(), Identifier.empty()));
        }
        @Nullable Object[] ids = access.insert(subjects, entity.getType(), source);
        for (int i = 0; i < subjects.size(); i++) {
            saved.add(identified(entity, inserts.get(from + i), ids.length == 0 ? null : ids[i]));
        }
    }

    private <T> DbAction.InsertRoot<T> prepared(RelationalPersistentEntity<T> entity, T given) {
        T instance = lifecycle.beforeConvert(given);
        RelationalPersistentProperty version = entity.getVersionProperty();
        if (version != null) {
            instance = versioned(entity, instance, version.getActualType().isPrimitive() ? 1 : 0);
        }
        RootAggregateChange<T> change = MutableAggregateChange.forSave(instance);
        DbAction.InsertRoot<T> insert =
                new DbAction.InsertRoot<>(instance, IdValueSource.forInstance(instance, entity));
        change.setRootAction(insert);
        beforeSave(instance, change);
        return insert;
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

    private <T> T identified(RelationalPersistentEntity<T> entity, DbAction.InsertRoot<T> insert, @Nullable Object id) {
        if (insert.idValueSource() != IdValueSource.GENERATED) {
            return insert.entity();
        }
        PersistentPropertyAccessor<T> accessor = converter.getPropertyAccessor(entity, insert.entity());
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
