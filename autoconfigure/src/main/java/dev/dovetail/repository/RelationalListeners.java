package dev.dovetail.repository;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.data.relational.core.mapping.event.AfterDeleteEvent;
import org.springframework.data.relational.core.mapping.event.AfterSaveEvent;
import org.springframework.data.relational.core.mapping.event.BeforeConvertEvent;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteEvent;
import org.springframework.data.relational.core.mapping.event.BeforeSaveEvent;

/**
 * Which of Spring Data's events somebody listens to, found out once as long as there are as many listeners. Safe for use by
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
    private final int count;
    private final Map<Question, Boolean> answers = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> ofWrites = new ConcurrentHashMap<>();

    /** @param count how many there are */
    RelationalListeners(ApplicationContext context, int count) {
        this.context = context;
        this.count = count;
    }

    private record Question(Class<?> event, Class<?> entity) {}

    int count() {
        return count;
    }

    /** How many listeners of any kind there are now. */
    static int count(ApplicationContext context) {
        int count = 0;
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            count += each instanceof AbstractApplicationContext known
                    ? known.getApplicationListeners().size()
                    : 0;
        }
        return count;
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
            if (!(each instanceof AbstractApplicationContext known) || hear(known, event)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hear(AbstractApplicationContext context, ResolvableType event) {
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
