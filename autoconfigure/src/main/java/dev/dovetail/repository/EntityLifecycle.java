package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.domain.DomainEvents;
import org.springframework.data.jdbc.core.convert.IdGeneratingEntityCallback;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.relational.auditing.RelationalAuditingCallback;
import org.springframework.data.relational.core.EntityLifecycleEventDelegate;
import org.springframework.data.relational.core.conversion.MutableAggregateChange;
import org.springframework.data.relational.core.mapping.event.AfterConvertCallback;
import org.springframework.data.relational.core.mapping.event.AfterConvertEvent;
import org.springframework.data.relational.core.mapping.event.AfterDeleteCallback;
import org.springframework.data.relational.core.mapping.event.AfterSaveCallback;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteCallback;
import org.springframework.data.relational.core.mapping.event.BeforeSaveCallback;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Who takes part when entities are read and written: the application's callbacks and listeners. Where nobody does, an event need
 * not be made for each row, and one statement needs no transaction around it. Safe for use by several threads.
 */
final class EntityLifecycle {

    // Callbacks that write nothing by themselves. A bean that is made for each use is known by its interface only.
    private static final Set<Class<?>> KNOWN =
            Set.of(RelationalAuditingCallback.class, IdGeneratingEntityCallback.class, EntityValidation.class);

    private static final List<Class<?>> WRITING = List.of(
            BeforeConvertCallback.class,
            BeforeSaveCallback.class,
            AfterSaveCallback.class,
            BeforeDeleteCallback.class,
            AfterDeleteCallback.class);

    private final ApplicationContext context;
    private final EntityLifecycleEventDelegate events = new EntityLifecycleEventDelegate();
    private final Map<Class<?>, List<Class<?>>> callbackTypes = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> publishing = new ConcurrentHashMap<>();
    private final SingletonSupplier<Boolean> callbacksWriteNothing;
    private volatile RelationalListeners listeners;
    private volatile EntityCallbacks callbacks;
    private volatile boolean discovered = true;

    EntityLifecycle(ApplicationContext context) {
        this.context = context;
        this.listeners = new RelationalListeners(context);
        this.callbacks = EntityCallbacks.create(context);
        this.callbacksWriteNothing = SingletonSupplier.of(() -> WRITING.stream().allMatch(this::isKnown));
        events.setPublisher(context);
    }

    void useCallbacks(EntityCallbacks others) {
        callbacks = others;
        discovered = false;
    }

    void publishEvents(boolean enabled) {
        events.setEventsEnabled(enabled);
    }

    /** What becomes of an entity that was read. */
    <T> T afterConvert(T entity) {
        events.publishEvent(() -> new AfterConvertEvent<>(entity));
        return callbacks.callback(AfterConvertCallback.class, entity);
    }

    /** What is to be saved of an entity that is about to be converted; without an event, which nobody listens to. */
    <T> T beforeConvert(T entity) {
        return hasCallbacks(BeforeConvertCallback.class)
                ? callbacks.callback(BeforeConvertCallback.class, entity)
                : entity;
    }

    /** What is to be saved of a converted entity; without an event, which nobody listens to. */
    <T> T beforeSave(T entity, MutableAggregateChange<T> change) {
        return hasCallbacks(BeforeSaveCallback.class)
                ? callbacks.callback(BeforeSaveCallback.class, entity, change)
                : entity;
    }

    /** What becomes of an entity that was saved; without an event, which nobody listens to. */
    <T> T afterSave(T entity) {
        return hasCallbacks(AfterSaveCallback.class) ? callbacks.callback(AfterSaveCallback.class, entity) : entity;
    }

    private boolean hasCallbacks(Class<?> kind) {
        return !callbackTypes(kind).isEmpty();
    }

    /** Whether nobody wants to know of entities of this class that were read. */
    boolean isReadUnnoticed(Class<?> entity) {
        return discovered
                && !hasCallbacks(AfterConvertCallback.class)
                && !(events.isEventsEnabled() && listeners().hear(AfterConvertEvent.class, entity));
    }

    /** Whether nobody takes part in the writing of entities of this class who may want to do so in the same transaction. */
    boolean isWrittenAlone(Class<?> entity) {
        return discovered
                && callbacksWriteNothing.obtain()
                && !(events.isEventsEnabled() && listeners().hearOfWrites(entity))
                && !publishes(entity);
    }

    /** Whether nobody wants to know of entities of this class that are deleted by their ids. */
    boolean isDeletedUnnoticed(Class<?> entity) {
        return isWrittenAlone(entity)
                && !hasCallbacks(BeforeDeleteCallback.class)
                && !hasCallbacks(AfterDeleteCallback.class);
    }

    private boolean publishes(Class<?> entity) {
        return publishing.computeIfAbsent(
                entity,
                unseen -> Stream.of(ReflectionUtils.getUniqueDeclaredMethods(entity))
                        .anyMatch(method -> AnnotatedElementUtils.hasAnnotation(method, DomainEvents.class)));
    }

    private boolean isKnown(Class<?> kind) {
        return KNOWN.containsAll(callbackTypes(kind));
    }

    // The callbacks are found once, as Spring Data does it.
    private List<Class<?>> callbackTypes(Class<?> kind) {
        return callbackTypes.computeIfAbsent(kind, unseen -> {
            List<Class<?>> types = new ArrayList<>();
            for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, kind)) {
                Class<?> type = context.getType(name);
                types.add(type == null ? Object.class : type);
            }
            return types;
        });
    }

    private RelationalListeners listeners() {
        RelationalListeners known = listeners;
        if (!known.areStillAll()) {
            known = new RelationalListeners(context);
            listeners = known;
        }
        return known;
    }
}
