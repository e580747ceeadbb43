package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.InsertSubject;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.relational.core.EntityLifecycleEventDelegate;
import org.springframework.data.relational.core.conversion.AggregateChange;
import org.springframework.data.relational.core.conversion.BatchingAggregateChange;
import org.springframework.data.relational.core.conversion.DbAction;
import org.springframework.data.relational.core.conversion.IdValueSource;
import org.springframework.data.relational.core.conversion.MutableAggregateChange;
import org.springframework.data.relational.core.conversion.RelationalEntityVersionUtils;
import org.springframework.data.relational.core.conversion.RootAggregateChange;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.mapping.RelationalPredicates;
import org.springframework.data.relational.core.mapping.event.AfterSaveCallback;
import org.springframework.data.relational.core.mapping.event.AfterSaveEvent;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.relational.core.mapping.event.BeforeConvertEvent;
import org.springframework.data.relational.core.mapping.event.BeforeSaveCallback;
import org.springframework.data.relational.core.mapping.event.BeforeSaveEvent;
import org.springframework.util.ClassUtils;

/**
 * Inserts many new aggregates that are one row each, with the callbacks, events and versions of Spring Data, but without its
 * search of each one for what else there is to insert. Safe for use by several threads.
 */
final class RootInserts {

    private final JdbcConverter converter;
    private final DataAccessStrategy access;
    private final EntityLifecycleEventDelegate events = new EntityLifecycleEventDelegate();
    private final Map<Class<?>, Boolean> singleRows = new ConcurrentHashMap<>();
    private volatile EntityCallbacks callbacks;

    RootInserts(ApplicationContext context, JdbcConverter converter, DataAccessStrategy access) {
        this.converter = converter;
        this.access = access;
        this.callbacks = EntityCallbacks.create(context);
        events.setPublisher(context);
    }

    void useCallbacks(EntityCallbacks entityCallbacks) {
        this.callbacks = entityCallbacks;
    }

    void publishEvents(boolean enabled) {
        events.setEventsEnabled(enabled);
    }

    /** Whether all of them, two or more, are new, of one class, and one row each. */
    boolean takes(List<?> instances, boolean newForSure) {
        if (instances.size() < 2) {
            return false;
        }
        Class<?> type = ClassUtils.getUserClass(instances.get(0));
        if (!singleRows.computeIfAbsent(type, this::isSingleRow)) {
            return false;
        }
        RelationalPersistentEntity<?> entity = converter.getMappingContext().getRequiredPersistentEntity(type);
        for (Object instance : instances) {
            if (instance.getClass() != type || !(newForSure || entity.isNew(instance))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSingleRow(Class<?> type) {
        return converter.getMappingContext().getRequiredPersistentEntity(type).hasIdProperty()
                && converter
                        .getMappingContext()
                        .findPersistentPropertyPaths(type, RelationalPredicates.isRelation())
                        .isEmpty();
    }

    /** Inserts what it {@linkplain #takes takes}; returns the entities as they are then, in the same order. */
    @SuppressWarnings("unchecked")
    <T> List<T> insert(List<T> instances) {
        Class<T> type = (Class<T>) instances.get(0).getClass();
        RelationalPersistentEntity<T> entity =
                (RelationalPersistentEntity<T>) converter.getMappingContext().getRequiredPersistentEntity(type);
        BatchingAggregateChange<T, RootAggregateChange<T>> change = BatchingAggregateChange.forSave(type);
        for (T instance : instances) {
            change.add(prepared(entity, instance));
        }
        List<T> inserted = new ArrayList<>(instances.size());
        change.forEachAction(action -> run((DbAction<T>) action, entity, inserted));
        inserted.replaceAll(each -> after(each, change));
        return inserted;
    }

    private <T> RootAggregateChange<T> prepared(RelationalPersistentEntity<T> entity, T instance) {
        events.publishEvent(() -> new BeforeConvertEvent<>(instance));
        T converted = versioned(entity, callbacks.callback(BeforeConvertCallback.class, instance));
        RootAggregateChange<T> change = MutableAggregateChange.forSave(converted);
        change.setRootAction(new DbAction.InsertRoot<>(converted, IdValueSource.forInstance(converted, entity)));
        events.publishEvent(() -> new BeforeSaveEvent<>(converted, change));
        change.setRoot(callbacks.callback(BeforeSaveCallback.class, converted, change));
        return change;
    }

    private <T> T versioned(RelationalPersistentEntity<T> entity, T instance) {
        RelationalPersistentProperty version = entity.getVersionProperty();
        return version == null
                ? instance
                : RelationalEntityVersionUtils.setVersionNumberOnEntity(
                        instance, version.getActualType().isPrimitive() ? 1 : 0, entity, converter);
    }

    @SuppressWarnings("unchecked")
    private <T> void run(DbAction<T> action, RelationalPersistentEntity<T> entity, List<T> inserted) {
        if (action instanceof DbAction.InsertRoot<T> one) {
            Object id = access.insert(one.entity(), entity.getType(), Identifier.empty(), one.idValueSource());
            inserted.add(withId(entity, one, id));
        } else if (action instanceof DbAction.BatchInsertRoot<T> many) {
            List<DbAction.InsertRoot<T>> actions = many.getActions();
            List<InsertSubject<T>> subjects = new ArrayList<>(actions.size());
            actions.forEach(each -> subjects.add(InsertSubject.describedBy(each.entity(), Identifier.empty())));
            @Nullable Object[] ids = access.insert(subjects, entity.getType(), many.getBatchValue());
            for (int i = 0; i < ids.length; i++) {
                inserted.add(withId(entity, actions.get(i), ids[i]));
            }
        } else {
            throw new UnsupportedOperationException(
                    "A BeforeSaveCallback added %s to the insertion of many %s. Save them one by one."
                            .formatted(action.getClass().getSimpleName(), entity.getName()));
        }
    }

    private <T> T withId(RelationalPersistentEntity<T> entity, DbAction.InsertRoot<T> action, @Nullable Object id) {
        if (action.idValueSource() != IdValueSource.GENERATED) {
            return action.entity();
        }
        PersistentPropertyAccessor<T> accessor = converter.getPropertyAccessor(entity, action.entity());
        accessor.setProperty(entity.getRequiredIdProperty(), id);
        return accessor.getBean();
    }

    private <T> T after(T instance, AggregateChange<T> change) {
        events.publishEvent(() -> new AfterSaveEvent<>(instance, change));
        return callbacks.callback(AfterSaveCallback.class, instance);
    }
}
