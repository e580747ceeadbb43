package dev.dovetail.schema;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups of tables in an order in which rows can be inserted: those that are referred to come before those that refer to
 * them, be it through tables of no group. Otherwise they stay in the order in which they are given. Where groups refer to each
 * other in a circle, it is cut at a reference that may be NULL; without one, its constraints have to be deferred.
 *
 * @param <G> what names a group
 */
public final class TableOrder<G> {

    private final Schema schema;
    private final Map<G, ? extends Collection<TableInfo>> groups;
    private final IdentityHashMap<TableInfo, List<Reference>> references = new IdentityHashMap<>();
    private final IdentityHashMap<TableInfo, List<G>> owners = new IdentityHashMap<>();
    // By who refers.
    private final Map<G, Set<G>> all = new HashMap<>();
    private final Map<G, Set<G>> notNull = new HashMap<>();

    private TableOrder(Schema schema, Map<G, ? extends Collection<TableInfo>> groups) {
        this.schema = schema;
        this.groups = groups;
        groups.forEach((group, tables) -> tables.forEach(
                table -> owners.computeIfAbsent(table, any -> new ArrayList<>()).add(group)));
        groups.forEach((group, tables) -> {
            Set<TableInfo> visited = Collections.newSetFromMap(new IdentityHashMap<>());
            tables.forEach(table -> follow(group, table, true, visited));
        });
    }

    /**
     * @param schema with the tables' references
     * @param groups the tables that are written together; those of the schema
     */
    public static <G> List<G> of(Schema schema, Map<G, ? extends Collection<TableInfo>> groups) {
        return new TableOrder<>(schema, groups).ordered();
    }

    private record Reference(TableInfo to, boolean notNull) {}

    private void follow(G group, TableInfo table, boolean own, Set<TableInfo> visited) {
        for (Reference reference : references(table)) {
            List<G> to = owners.getOrDefault(reference.to, List.of());
            all.computeIfAbsent(group, any -> new HashSet<>()).addAll(to);
            if (own && reference.notNull) {
                notNull.computeIfAbsent(group, any -> new HashSet<>()).addAll(to);
            }
            if (to.isEmpty() && visited.add(reference.to)) {
                follow(group, reference.to, false, visited);
            }
        }
    }

    private List<Reference> references(TableInfo table) {
        return references.computeIfAbsent(table, this::read);
    }

    private List<Reference> read(TableInfo table) {
        List<Reference> read = new ArrayList<>();
        for (ForeignKeyInfo key : table.foreignKeys()) {
            boolean required = key.columns().stream()
                    .noneMatch(column ->
                            table.column(column).map(ColumnInfo::nullable).orElse(true));
            schema.find(key.referencedTable()).ifPresent(to -> read.add(new Reference(to, required)));
        }
        return read;
    }

    private List<G> ordered() {
        List<G> ordered = new ArrayList<>();
        Set<G> left = new LinkedHashSet<>(groups.keySet());
        while (!left.isEmpty()) {
            G next = next(left);
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    // Of what refers to nothing else but those it is in a circle with, there is always one.
    private G next(Set<G> left) {
        List<G> possible = left.stream()
                .filter(group -> reached(group, left).stream()
                        .allMatch(other -> reached(other, left).contains(group)))
                .toList();
        return possible.stream()
                .filter(group -> notNull.getOrDefault(group, Set.of()).stream()
                        .noneMatch(other -> other != group && left.contains(other)))
                .findFirst()
                .orElse(possible.get(0));
    }

    private Set<G> reached(G from, Set<G> within) {
        Set<G> reached = new HashSet<>();
        Deque<G> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            for (G to : all.getOrDefault(next.remove(), Set.of())) {
                if (within.contains(to) && reached.add(to)) {
                    next.add(to);
                }
            }
        }
        return reached;
    }
}
