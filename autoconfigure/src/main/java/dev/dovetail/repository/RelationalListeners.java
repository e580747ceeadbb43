package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.data.relational.core.mapping.event.AfterDeleteEvent;
import org.springframework.data.relational.core.mapping.event.AfterSaveEvent;
import org.springframework.data.relational.core.mapping.event.BeforeConvertEvent;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteEvent;
import org.springframework.data.relational.core.mapping.event.BeforeSaveEvent;

/**
 * Which of Spring Data's events somebody listens to, found out once as long as the listeners are the same. Safe for use by
 * several threads.
 */
final class RelationalListeners {

    private static final List<Class<?>> OF_WRITES = List.of(
            BeforeConvertEvent.class,
            BeforeSaveEvent.class,
            AfterSaveEvent.class,
            BeforeDeleteEvent.class,
            AfterDeleteEvent.class);

    private final ApplicationContext context;
    // An array, as it is gone through at each call of a repository.
    private final @Nullable ApplicationListener<?>[] all;
    private final Map<Question, Boolean> answers = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> ofWrites = new ConcurrentHashMap<>();

    RelationalListeners(ApplicationContext context) {
        this.context = context;
        List<@Nullable ApplicationListener<?>> found = new ArrayList<>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (each instanceof AbstractApplicationContext known) {
                addAll(known, found);
            }
        }
        this.all = found.toArray(ApplicationListener<?>[]::new);
    }

    // Null where one comes or goes at this moment, so that the next to ask looks again.
    private static void addAll(AbstractApplicationContext known, List<@Nullable ApplicationListener<?>> into) {
        try {
            into.addAll(known.getApplicationListeners());
        } catch (ConcurrentModificationException e) {
            into.add(null);
        }
    }

    private record Question(Class<?> event, Class<?> entity) {}

    /** Whether no listener came and none went since they were looked at. */
    @SuppressWarnings("ReferenceEquality")
    boolean areStillAll() {
        int next = 0;
        try {
            for (ApplicationContext each = context; each != null; each = each.getParent()) {
                if (each instanceof AbstractApplicationContext known) {
                    for (ApplicationListener<?> listener : known.getApplicationListeners()) {
                        if (next == all.length || all[next++] != listener) {
                            return false;
                        }
                    }
                }
            }
            return next == all.length;
        } catch (ConcurrentModificationException e) {
            return false;
        }
    }

    /** Whether somebody listens to one of the events around the writing of such entities. */
    boolean hearOfWrites(Class<?> entity) {
        return ofWrites.computeIfAbsent(entity, unseen -> OF_WRITES.stream().anyMatch(event -> hear(event, entity)));
    }

    /** Whether somebody listens to this event of such entities. */
    boolean hear(Class<?> event, Class<?> entity) {
        return answers.computeIfAbsent(new Question(event, entity), this::findOut);
    }

    private boolean findOut(Question question) {
        ResolvableType event = ResolvableType.forClassWithGenerics(question.event, question.entity);
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (!(each instanceof AbstractApplicationContext known) || hasOwnWay(known) || hear(known, event)) {
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

    private static boolean hear(AbstractApplicationContext context, ResolvableType event) {
        try {
            return isHeard(context, event);
        } catch (ConcurrentModificationException e) {
            // One comes or goes at this moment.
            return true;
        }
    }

    private static boolean isHeard(AbstractApplicationContext context, ResolvableType event) {
        for (ApplicationListener<?> listener : context.getApplicationListeners()) {
            if (new GenericApplicationListenerAdapter(listener).supportsEventType(event)) {
                return true;
            }
        }
        // One that is not made yet is made by the first event.
        for (String name : context.getBeanNamesForType(ApplicationListener.class, true, false)) {
            Class<?> type = context.getBeanFactory().containsSingleton(name) ? null : context.getType(name);
            if (type != null && mayHear(type, event)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHear(Class<?> listener, ResolvableType event) {
        Class<?> declared = ResolvableType.forClass(listener)
                .as(ApplicationListener.class)
                .getGeneric()
                .resolve();
        return declared == null || declared.isAssignableFrom(event.toClass());
    }
}
