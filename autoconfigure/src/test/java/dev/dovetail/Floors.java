package dev.dovetail;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rooms of the house and the floor each is on. A room uses rooms on lower floors, and no other.
 *
 * <p>A package belongs to the room with the longest name it starts with, so {@code datasource.delegating} is part of
 * {@code datasource}, and {@code engine.sqlite} is a room of its own.
 */
final class Floors {

    private static final List<List<String>> FLOORS = List.of(
            List.of("sql"),
            List.of("engine"),
            List.of("engine.sqlite", "engine.postgresql"),
            List.of("datasource"),
            List.of("schema", "coordination", "encryption"),
            List.of("repository", "transaction", "monitoring"),
            List.of("cache", "audit", "backup"),
            List.of("maintenance", "migration"),
            List.of("transfer"),
            List.of(""),
            List.of("actuator", "command", "web"),
            List.of("autoconfigure"));

    private final String base;
    private final Map<String, Integer> floorOf = new LinkedHashMap<>();

    Floors(String base) {
        this.base = base;
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                floorOf.put(room, floor + 1);
            }
        }
    }

    ArchCondition<JavaClass> respected() {
        return new ArchCondition<>("use only rooms on lower floors") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                Optional<String> from = roomOf(item);
                if (from.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is in no room of the house"));
                    return;
                }
                item.getDirectDependenciesFromSelf().forEach(use -> checkUse(from.get(), use, events));
            }
        };
    }

    private void checkUse(String from, Dependency use, ConditionEvents events) {
        // Of an array ArchUnit reports the component as well, and that once is enough.
        Optional<String> used = use.getTargetClass().isArray() ? Optional.empty() : roomOf(use.getTargetClass());
        used.filter(to -> !to.equals(from) && floor(to) >= floor(from))
                .ifPresent(to -> events.add(SimpleConditionEvent.violated(
                        use,
                        "'%s' (floor %d) uses '%s' (floor %d): %s"
                                .formatted(from, floor(from), to, floor(to), use.getDescription()))));
    }

    private Optional<String> roomOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(base)) {
            return Optional.of("");
        }
        if (!name.startsWith(base + ".")) {
            return Optional.empty();
        }
        String inside = name.substring(base.length() + 1);
        return floorOf.keySet().stream()
                .filter(room -> !room.isEmpty() && (inside + ".").startsWith(room + "."))
                .reduce((one, other) -> one.length() > other.length() ? one : other);
    }

    private int floor(String room) {
        Integer floor = floorOf.get(room);
        if (floor == null) {
            throw new IllegalStateException("No such room: " + room);
        }
        return floor;
    }
}
