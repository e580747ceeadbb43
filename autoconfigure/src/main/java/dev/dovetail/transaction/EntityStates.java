package dev.dovetail.transaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.context.MappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.util.ClassUtils;

/**
 * Remembers the ids and versions of mutable entities before they are saved. Spring Data writes new ones into them, and a
 * transaction that is rolled back leaves them there: the next save would take the entity for one that is stored. Safe for use
 * by several threads.
 */
public final class EntityStates {

    private final MappingContext<? extends RelationalPersistentEntity<?>, RelationalPersistentProperty> context;
    private final Map<Class<?>, Plan> plans = new ConcurrentHashMap<>();

    public EntityStates(MappingContext<? extends RelationalPersistentEntity<?>, RelationalPersistentProperty> context) {
        this.context = context;
    }

    /**
     * What of a class has to be remembered.
     *
     * @param written by a save
     * @param deeper properties that hold other entities
     */
    private record Plan(
            @Nullable RelationalPersistentEntity<?> entity,
            List<RelationalPersistentProperty> written,
            List<RelationalPersistentProperty> deeper) {

        private static final Plan NOTHING = new Plan(null, List.of(), List.of());
    }

    /** What was remembered. Used by one thread. */
    static final class Remembered {

        private static final Remembered NOTHING = new Remembered();

        private final List<Runnable> undoing = new ArrayList<>();

        boolean isEmpty() {
            return undoing.isEmpty();
        }

        /** Puts it back. */
        void restore() {
            undoing.forEach(Runnable::run);
        }
    }

    /** Remembers the entities among these arguments, alone or in collections, with the entities they consist of. */
    Remembered of(@Nullable Object[] arguments) {
        Remembered remembered = null;
        for (Object argument : arguments) {
            if (argument != null && mayHold(argument)) {
                remembered = remembered == null ? new Remembered() : remembered;
                remember(argument, remembered);
            }
        }
        return remembered == null ? Remembered.NOTHING : remembered;
    }

    // Iterables that are no collections may be read only once.
    private boolean mayHold(Object argument) {
        return argument instanceof Collection<?> || plan(ClassUtils.getUserClass(argument)).entity != null;
    }

    private void remember(@Nullable Object value, Remembered into) {
        if (value instanceof Collection<?> many) {
            many.forEach(each -> remember(each, into));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> remember(each, into));
        } else if (value != null) {
            remember(value, plan(ClassUtils.getUserClass(value)), into);
        }
    }

    private void remember(Object value, Plan plan, Remembered into) {
        RelationalPersistentEntity<?> entity = plan.entity;
        if (entity == null) {
            return;
        }
        var accessor = entity.getPropertyAccessor(value);
        for (RelationalPersistentProperty property : plan.written) {
            Object before = accessor.getProperty(property);
            into.undoing.add(() -> accessor.setProperty(property, before));
        }
        for (RelationalPersistentProperty property : plan.deeper) {
            Object held = accessor.getProperty(property);
            // Parts that cannot be changed are replaced by others with ids.
            if (!property.isImmutable()) {
                into.undoing.add(() -> accessor.setProperty(property, held));
            }
            remember(held, into);
        }
    }

    private Plan plan(Class<?> type) {
        return plans.computeIfAbsent(type, this::find);
    }

    private Plan find(Class<?> type) {
        RelationalPersistentEntity<?> entity =
                context.hasPersistentEntityFor(type) ? context.getPersistentEntity(type) : null;
        if (entity == null) {
            return Plan.NOTHING;
        }
        List<RelationalPersistentProperty> written = new ArrayList<>();
        List<RelationalPersistentProperty> deeper = new ArrayList<>();
        for (RelationalPersistentProperty property : entity) {
            if ((property.isIdProperty() || property.isVersionProperty()) && !property.isImmutable()) {
                written.add(property);
            } else if (property.isEntity()) {
                deeper.add(property);
            }
        }
        return written.isEmpty() && deeper.isEmpty() ? Plan.NOTHING : new Plan(entity, written, deeper);
    }
}
