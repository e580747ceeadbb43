package dev.dovetail.transaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;

/**
 * Entities that are to be stored together: what is new in the order of the foreign keys, then what has changed, then what is
 * removed, those that refer before those they refer to. Not safe for use by several threads.
 */
final class EntityChanges implements EntityStore {

    private final JdbcAggregateOperations operations;
    private final EntityOrder order;
    private final List<Object> added = new ArrayList<>();
    private final List<Object> changed = new ArrayList<>();
    private final List<Object> removed = new ArrayList<>();
    private final IdentityHashMap<Object, Object> stored = new IdentityHashMap<>();

    EntityChanges(JdbcAggregateOperations operations, EntityOrder order) {
        this.operations = operations;
        this.order = order;
    }

    @Override
    public void add(Object entity) {
        once(entity, added);
    }

    @Override
    public void change(Object entity) {
        if (!contains(added, entity)) {
            once(entity, changed);
        }
    }

    // What was never stored needs no removing.
    @Override
    public void remove(Object entity) {
        changed.removeIf(each -> each == entity);
        if (!added.removeIf(each -> each == entity)) {
            once(entity, removed);
        }
    }

    private static void once(Object entity, List<Object> into) {
        if (!contains(into, entity)) {
            into.add(entity);
        }
    }

    private static boolean contains(List<Object> all, Object entity) {
        return all.stream().anyMatch(each -> each == entity);
    }

    @Override
    public Object stored(Object entity) {
        return stored.getOrDefault(entity, entity);
    }

    @Override
    public void flush() {
        Comparator<Object> byTable = Comparator.comparingInt(entity -> order.of(entity.getClass()));
        together(added, byTable).values().forEach(alike -> keep(alike, operations.insertAll(alike)));
        together(changed, byTable).values().forEach(alike -> keep(alike, operations.updateAll(alike)));
        together(removed, byTable.reversed()).values().forEach(operations::deleteAll);
        clear();
    }

    @Override
    public void clear() {
        added.clear();
        changed.clear();
        removed.clear();
    }

    private static Map<Class<?>, List<Object>> together(List<Object> entities, Comparator<Object> order) {
        Map<Class<?>, List<Object>> alike = new LinkedHashMap<>();
        entities.stream()
                .sorted(order)
                .forEach(each -> alike.computeIfAbsent(each.getClass(), type -> new ArrayList<>())
                        .add(each));
        return alike;
    }

    private void keep(List<Object> given, Iterable<Object> results) {
        Iterator<Object> next = results.iterator();
        given.forEach(each -> stored.put(each, next.next()));
    }
}
