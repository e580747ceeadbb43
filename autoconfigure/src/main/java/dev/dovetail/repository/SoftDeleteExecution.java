package dev.dovetail.repository;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.relational.core.EntityLifecycleEventDelegate;
import org.springframework.data.relational.core.conversion.DbAction;
import org.springframework.data.relational.core.conversion.DeleteAggregateChange;
import org.springframework.data.relational.core.conversion.MutableAggregateChange;
import org.springframework.data.relational.core.conversion.RelationalEntityVersionUtils;
import org.springframework.data.relational.core.mapping.OptimisticLockingUtils;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.event.AfterDeleteCallback;
import org.springframework.data.relational.core.mapping.event.AfterDeleteEvent;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteCallback;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteEvent;
import org.springframework.data.relational.core.mapping.event.Identifier;
import org.springframework.data.relational.core.query.Criteria;

/** Deletes aggregates softly, with the events and callbacks of a deletion. */
final class SoftDeleteExecution {

    private final LivingRows rows;
    private final JdbcConverter converter;
    private final Clock clock;
    private final EntityLifecycleEventDelegate events = new EntityLifecycleEventDelegate();
    private EntityCallbacks callbacks;

    SoftDeleteExecution(ApplicationContext context, LivingRows rows, JdbcConverter converter, Clock clock) {
        this.rows = rows;
        this.converter = converter;
        this.clock = clock;
        this.callbacks = EntityCallbacks.create(context);
        events.setPublisher(context);
    }

    void useCallbacks(EntityCallbacks others) {
        this.callbacks = others;
    }

    void publishEvents(boolean enabled) {
        events.setEventsEnabled(enabled);
    }

    Clock clock() {
        return clock;
    }

    /** How this entity is deleted; null if for good. */
    @Nullable
    SoftDeletion of(Class<?> type) {
        return rows.deletions().of(type);
    }

    <T> void deleteRoots(SoftDeletion deletion, Class<T> type, Iterable<? extends T> roots) {
        List<One<T>> all = new ArrayList<>();
        for (T root : roots) {
            all.add(before(deletion.idOf(root), root, change(deletion, type, root, deletion.idOf(root))));
        }
        delete(deletion, all);
    }

    <T> void deleteIds(SoftDeletion deletion, Class<T> type, Iterable<?> ids) {
        List<One<T>> all = new ArrayList<>();
        for (Object id : ids) {
            all.add(before(id, null, change(deletion, type, null, id)));
        }
        delete(deletion, all);
    }

    /** Deletes what fulfils the condition, without events, and tells how many. */
    int deleteWhere(SoftDeletion deletion, Criteria which) {
        return rows.statements().delete(deletion, which, deletion.now(clock));
    }

    private <T> void delete(SoftDeletion deletion, List<One<T>> all) {
        Object now = deletion.now(clock);
        Map<Object, One<T>> unversioned = new LinkedHashMap<>();
        for (One<T> one : all) {
            Number version = one.change().getPreviousVersion();
            if (version == null) {
                unversioned.put(one.id(), one);
                continue;
            }
            RelationalPersistentEntity<?> entity = deletion.entity();
            Criteria itself = Brackets.all(
                    rows.ids().is(entity, one.id()),
                    Criteria.where(entity.getRequiredVersionProperty().getName())
                            .is(version));
            if (rows.statements().delete(deletion, itself, now) == 0) {
                throw OptimisticLockingUtils.deleteFailed(one.id(), version, entity);
            }
        }
        for (Criteria group : rows.ids().in(deletion.entity(), unversioned.keySet())) {
            rows.statements().delete(deletion, group, now);
        }
        all.forEach(this::after);
    }

    private <T> DeleteAggregateChange<T> change(SoftDeletion deletion, Class<T> type, @Nullable T root, Object id) {
        Number version = null;
        if (root != null && deletion.entity().hasVersionProperty()) {
            version = version(root, type);
        }
        DeleteAggregateChange<T> change = MutableAggregateChange.forDelete(type, version);
        change.addAction(new DbAction.DeleteRoot<>(id, type, version));
        return change;
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable Number version(T root, Class<T> type) {
        return RelationalEntityVersionUtils.getVersionNumberFromEntity(
                root,
                (RelationalPersistentEntity<T>) converter.getMappingContext().getRequiredPersistentEntity(type),
                converter);
    }

    private <T> One<T> before(Object id, @Nullable T root, DeleteAggregateChange<T> change) {
        events.publishEvent(() -> new BeforeDeleteEvent<>(Identifier.of(id), root, change));
        return new One<>(
                id, root == null ? null : callbacks.callback(BeforeDeleteCallback.class, root, change), change);
    }

    private <T> void after(One<T> one) {
        events.publishEvent(() -> new AfterDeleteEvent<>(Identifier.of(one.id()), one.root(), one.change()));
        if (one.root() != null) {
            callbacks.callback(AfterDeleteCallback.class, one.root());
        }
    }

    /**
     * One aggregate that is deleted.
     *
     * @param root null where only the id was given
     */
    private record One<T>(Object id, @Nullable T root, DeleteAggregateChange<T> change) {}
}
