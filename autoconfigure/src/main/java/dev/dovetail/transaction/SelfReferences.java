package dev.dovetail.transaction;

import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/**
 * The foreign keys of a table to itself, as far as properties of the aggregate root hold their columns. Used by one thread.
 */
final class SelfReferences {

    private final RelationalPersistentEntity<?> entity;
    private final List<ForeignKeyInfo> keys;

    SelfReferences(RelationalPersistentEntity<?> entity, TableInfo table) {
        this.entity = entity;
        this.keys = table.foreignKeys().stream()
                .filter(key -> key.referencedTable().equals(table.name())
                        || key.referencedTable().equals(table.schema() + "." + table.name()))
                .toList();
    }

    /** Those that others refer to come before these, in a circle whichever was first; otherwise the order stays. */
    List<Object> parentsFirst(List<Object> entities) {
        Map<Integer, Set<Integer>> parents = parents(entities);
        if (parents.isEmpty()) {
            return entities;
        }
        Set<Integer> ordered = new LinkedHashSet<>();
        Set<Integer> begun = new LinkedHashSet<>();
        for (int i = 0; i < entities.size(); i++) {
            Deque<Integer> path = new ArrayDeque<>(List.of(i));
            while (!path.isEmpty()) {
                int child = path.element();
                List<Integer> missing = begun.add(child)
                        ? parents.getOrDefault(child, Set.of()).stream()
                                .filter(each -> !begun.contains(each))
                                .toList()
                        : List.of();
                missing.forEach(path::push);
                if (missing.isEmpty()) {
                    ordered.add(path.remove());
                }
            }
        }
        return ordered.stream().map(entities::get).toList();
    }

    // By their places in the list.
    private Map<Integer, Set<Integer>> parents(List<Object> entities) {
        Map<Integer, Set<Integer>> parents = new HashMap<>();
        for (ForeignKeyInfo key : keys) {
            Map<List<Object>, Integer> referred = new HashMap<>();
            for (int i = 0; i < entities.size(); i++) {
                referred.putIfAbsent(values(key.referencedColumns(), entities.get(i)), i);
            }
            for (int i = 0; i < entities.size(); i++) {
                List<Object> values = values(key.columns(), entities.get(i));
                Integer parent = values.isEmpty() ? null : referred.get(values);
                if (parent != null && parent != i) {
                    parents.computeIfAbsent(i, any -> new LinkedHashSet<>()).add(parent);
                }
            }
        }
        return parents;
    }

    /** Empty if one of them is NULL or not to be read. */
    private List<Object> values(List<String> columns, Object from) {
        List<Object> values = new ArrayList<>();
        for (String column : columns) {
            Object value = value(column, from);
            if (value == null) {
                return List.of();
            }
            values.add(value);
        }
        return values;
    }

    private @Nullable Object value(String column, Object from) {
        for (RelationalPersistentProperty property : entity) {
            if (!property.isEntity() && property.getColumnName().getReference().equalsIgnoreCase(column)) {
                return plain(entity.getPropertyAccessor(from).getProperty(property));
            }
        }
        return null;
    }

    // The id may be a long where the reference is an int.
    private static @Nullable Object plain(@Nullable Object value) {
        Object id = value instanceof AggregateReference<?, ?> reference ? reference.getId() : value;
        return id instanceof Integer || id instanceof Short ? Long.valueOf(((Number) id).longValue()) : id;
    }
}
