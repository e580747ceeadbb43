package dev.dovetail.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;

/**
 * Entities that are to be stored together: what is new in the order of the foreign keys, then what has changed, then what is
 * removed, those that refer before those they refer to. What is said first of an object tells whether it has a row, what is
 * said last whether it shall have one. Not safe for use by several threads.
 */
final class EntityChanges implements EntityStore {

    private final JdbcAggregateOperations operations;
    private final EntityOrder order;
    private final EntityStates states;
    // By the object that was registered, and by what it became.
    private final IdentityHashMap<Object, Registered> known = new IdentityHashMap<>();
    private final Set<Registered> due = new LinkedHashSet<>();
    private final Deque<Runnable> undoing = new ArrayDeque<>();

    EntityChanges(JdbcAggregateOperations operations, EntityOrder order, EntityStates states) {
        this.operations = operations;
        this.order = order;
        this.states = states;
    }

    /** One entity; told apart by identity. */
    private static final class Registered {

        private Object latest;
        private boolean stored;
        private boolean wanted;

        Registered(Object entity, boolean stored) {
            this.latest = entity;
            this.stored = stored;
        }
    }

    @Override
    public void add(Object entity) {
        register(entity, false, true);
    }

    @Override
    public void change(Object entity) {
        register(entity, true, true);
    }

    @Override
    public void remove(Object entity) {
        register(entity, true, false);
    }

    private void register(Object entity, boolean stored, boolean wanted) {
        Registered registered = known.computeIfAbsent(entity, first -> new Registered(first, stored));
        registered.wanted = wanted;
        due.add(registered);
    }

    @Override
    public Object stored(Object entity) {
        Registered registered = known.get(entity);
        return registered == null ? entity : registered.latest;
    }

    @Override
    public void flush() {
        Map<Class<?>, Integer> places = order.places(
                due.stream().<Class<?>>map(each -> each.latest.getClass()).toList());
        Comparator<Class<?>> byPlace = Comparator.comparingInt(type -> places.getOrDefault(type, 0));
        var added = together(each -> !each.stored && each.wanted, byPlace);
        var changed = together(each -> each.stored && each.wanted, byPlace);
        var removed = together(each -> each.stored && !each.wanted, byPlace.reversed());
        added.forEach((type, alike) -> save(parentsFirst(type, alike), operations::insertAll));
        changed.values().forEach(alike -> save(alike, operations::updateAll));
        removed.forEach((type, alike) -> delete(childrenFirst(type, alike)));
        due.clear();
    }

    private Map<Class<?>, List<Registered>> together(Predicate<Registered> which, Comparator<Class<?>> byPlace) {
        Map<Class<?>, List<Registered>> alike = new LinkedHashMap<>();
        due.stream()
                .filter(which)
                .sorted(Comparator.comparing(each -> each.latest.getClass(), byPlace))
                .forEach(each -> alike.computeIfAbsent(each.latest.getClass(), type -> new ArrayList<>())
                        .add(each));
        return alike;
    }

    private List<Registered> parentsFirst(Class<?> type, List<Registered> alike) {
        return order.parentsFirst(type, latest(alike)).stream()
                .map(each -> Objects.requireNonNull(known.get(each)))
                .toList();
    }

    private List<Registered> childrenFirst(Class<?> type, List<Registered> alike) {
        List<Registered> reversed = new ArrayList<>(parentsFirst(type, alike));
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<Object> latest(List<Registered> alike) {
        return alike.stream().map(each -> each.latest).toList();
    }

    private void save(List<Registered> alike, Function<List<Object>, Iterable<Object>> write) {
        List<Object> before = latest(alike);
        makeUndoable(alike, before);
        Iterator<Object> results = write.apply(before).iterator();
        for (Registered each : alike) {
            each.latest = results.next();
            each.stored = true;
            known.put(each.latest, each);
        }
    }

    private void delete(List<Registered> alike) {
        List<Object> before = latest(alike);
        makeUndoable(alike, before);
        operations.deleteAll(before);
        alike.forEach(each -> each.stored = false);
    }

    // What is inserted had no row, what is updated or deleted had one.
    private void makeUndoable(List<Registered> alike, List<Object> before) {
        boolean stored = alike.get(0).stored;
        EntityStates.Remembered remembered = states.of(new Object[] {before});
        RetriedUnit retried = RetriedUnit.current();
        if (retried != null) {
            retried.remember(remembered);
        }
        undoing.push(() -> {
            remembered.restore();
            for (int i = 0; i < before.size(); i++) {
                Registered each = alike.get(i);
                each.latest = before.get(i);
                each.stored = stored;
                due.add(each);
            }
        });
    }

    @Override
    public int writes() {
        return undoing.size();
    }

    @Override
    public void undo(int writes) {
        while (undoing.size() > writes) {
            undoing.pop().run();
        }
    }

    @Override
    public void rolledBack() {
        undo(0);
        known.clear();
        due.clear();
    }

    @Override
    public void committed() {
        undoing.clear();
    }
}
