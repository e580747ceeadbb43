package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.data.domain.DomainEvents;
import org.springframework.data.jdbc.core.convert.IdGeneratingEntityCallback;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.relational.auditing.RelationalAuditingCallback;
import org.springframework.data.relational.core.EntityLifecycleEventDelegate;
import org.springframework.data.relational.core.mapping.event.AfterConvertCallback;
import org.springframework.data.relational.core.mapping.event.AfterConvertEvent;
import org.springframework.data.relational.core.mapping.event.AfterDeleteCallback;
import org.springframework.data.relational.core.mapping.event.AfterDeleteEvent;
import org.springframework.data.relational.core.mapping.event.AfterSaveCallback;
import org.springframework.data.relational.core.mapping.event.AfterSaveEvent;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.relational.core.mapping.event.BeforeConvertEvent;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteCallback;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteEvent;
import org.springframework.data.relational.core.mapping.event.BeforeSaveCallback;
import org.springframework.data.relational.core.mapping.event.BeforeSaveEvent;
import org.springframework.util.ReflectionUtils;

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
    private static final List<Class<?>> READ = List.of(AfterConvertEvent.class);
    private static final List<Class<?>> WRITTEN = List.of(
            BeforeConvertEvent.class,
            BeforeSaveEvent.class,
            AfterSaveEvent.class,
            BeforeDeleteEvent.class,
            AfterDeleteEvent.class);

    private final ApplicationContext context;
    private final EntityLifecycleEventDelegate events = new EntityLifecycleEventDelegate();
    private final Map<Class<?>, List<Class<?>>> callbackTypes = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> haveEvents = new ConcurrentHashMap<>();
    private volatile Listening listening = new Listening(List.of());
    private volatile EntityCallbacks callbacks;
    private volatile boolean discovered = true;

    EntityLifecycle(ApplicationContext context) {
        this.context = context;
        this.callbacks = EntityCallbacks.create(context);
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

    /** Whether nobody wants to know of entities of this class that were read. */
    boolean isReadUnnoticed(Class<?> entity) {
        return discovered && callbackTypes(AfterConvertCallback.class).isEmpty() && !listens(READ, entity);
    }

    /** Whether nobody takes part in the writing of entities of this class who may want to do so in the same transaction. */
    boolean isWrittenAlone(Class<?> entity) {
        return discovered
                && WRITING.stream().allMatch(this::isKnown)
                && !listens(WRITTEN, entity)
                && !haveEvents.computeIfAbsent(entity, EntityLifecycle::hasEvents);
    }

    private static boolean hasEvents(Class<?> entity) {
        return ReflectionUtils.getUniqueDeclaredMethods(
                                entity, method -> method.isAnnotationPresent(DomainEvents.class))
                        .length
                > 0;
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

    private boolean listens(List<Class<?>> kinds, Class<?> entity) {
        if (!events.isEventsEnabled()) {
            return false;
        }
        try {
            List<ApplicationListener<?>> listeners = listeners();
            Listening now = listening;
            // Not their number, as one may have gone while another came.
            if (!now.listeners.equals(listeners)) {
                now = new Listening(listeners);
                listening = now;
            }
            Map<Question, Boolean> answers = now.answers;
            return kinds.stream().anyMatch(kind -> answers.computeIfAbsent(new Question(kind, entity), this::findOut));
        } catch (ConcurrentModificationException e) {
            // One comes or goes at this moment.
            return true;
        }
    }

    private List<ApplicationListener<?>> listeners() {
        List<ApplicationListener<?>> listeners = new ArrayList<>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (each instanceof AbstractApplicationContext known) {
                listeners.addAll(known.getApplicationListeners());
            }
        }
        return listeners;
    }

    private boolean findOut(Question question) {
        ResolvableType event = ResolvableType.forClassWithGenerics(question.event, question.entity);
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (!(each instanceof AbstractApplicationContext known) || hasOwnWay(known) || listens(known, event)) {
                return true;
            }
        }
        return false;
    }

    // What an application publishes its events by may pass them on to anybody.
    private static boolean hasOwnWay(AbstractApplicationContext context) {
        Object multicaster = context.getBeanFactory()
                .getSingleton(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME);
        return multicaster != null && multicaster.getClass() != SimpleApplicationEventMulticaster.class;
    }

    private static boolean listens(AbstractApplicationContext context, ResolvableType event) {
        for (ApplicationListener<?> listener : context.getApplicationListeners()) {
            if (new GenericApplicationListenerAdapter(listener).supportsEventType(event)) {
                return true;
            }
        }
        // One that is not made yet is made by the first event.
        for (String name : context.getBeanNamesForType(ApplicationListener.class, true, false)) {
            Class<?> type = context.getBeanFactory().containsSingleton(name) ? null : context.getType(name);
            if (type != null && mayListen(type, event)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayListen(Class<?> listener, ResolvableType event) {
        Class<?> declared = ResolvableType.forClass(listener)
                .as(ApplicationListener.class)
                .getGeneric()
                .resolve();
        return declared == null || declared.isAssignableFrom(event.toClass());
    }

    private record Question(Class<?> event, Class<?> entity) {}

    /** What was found out while there were these listeners. */
    private static final class Listening {

        private final List<ApplicationListener<?>> listeners;
        private final Map<Question, Boolean> answers = new ConcurrentHashMap<>();

        Listening(List<ApplicationListener<?>> listeners) {
            this.listeners = listeners;
        }
    }
}
