package dev.dovetail.transaction;

import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.schema.TableOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * Which aggregates' rows have to be there before others': an aggregate refers to what any of its tables refers to. Safe for use
 * by several threads.
 */
final class EntityOrder {

    private final RelationalMappingContext context;
    private final SchemaCatalog catalog;

    EntityOrder(RelationalMappingContext context, SchemaCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    /** The place of each of these classes of aggregate roots. Of those whose tables are unknown it is as they are given. */
    Map<Class<?>, Integer> places(Collection<Class<?>> roots) {
        Map<Class<?>, Set<String>> names = new LinkedHashMap<>();
        roots.forEach(root -> names.computeIfAbsent(root, this::tableNames));
        List<Class<?>> ordered = List.copyOf(names.keySet());
        if (ordered.size() > 1) {
            Map<Class<?>, List<TableInfo>> tables = new LinkedHashMap<>();
            // A table that is not known yet makes the catalog look again, so this comes before its current schema is
            // asked for.
            names.values().forEach(each -> each.forEach(catalog::find));
            names.forEach((root, each) -> tables.put(root, known(each)));
            ordered = TableOrder.of(catalog.current(), tables);
        }
        Map<Class<?>, Integer> places = new HashMap<>();
        ordered.forEach(root -> places.put(root, places.size()));
        return places;
    }

    private List<TableInfo> known(Set<String> names) {
        return names.stream()
                .map(catalog.current()::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private Set<String> tableNames(Class<?> root) {
        RelationalPersistentEntity<?> entity = context.getRequiredPersistentEntity(root);
        Set<String> names = new LinkedHashSet<>(Set.of(name(entity)));
        addParts(entity, names, new HashSet<>());
        return names;
    }

    private void addParts(
            RelationalPersistentEntity<?> whole, Set<String> names, Set<RelationalPersistentEntity<?>> seen) {
        if (!seen.add(whole)) {
            return;
        }
        for (RelationalPersistentProperty property : whole) {
            if (property.isEntity()) {
                // By its type: what the property itself leads to has no table within an embedded part.
                RelationalPersistentEntity<?> part = context.getRequiredPersistentEntity(property.getActualType());
                if (!property.isEmbedded()) {
                    names.add(name(part));
                }
                addParts(part, names, seen);
            }
        }
    }

    private static String name(RelationalPersistentEntity<?> entity) {
        SqlIdentifier table = entity.getQualifiedTableName();
        return StreamSupport.stream(table.spliterator(), false)
                .map(SqlIdentifier::getReference)
                .collect(Collectors.joining("."));
    }

    /** These entities of one class such that those that refer to others of them come behind these. */
    List<Object> parentsFirst(Class<?> type, List<Object> alike) {
        if (alike.size() < 2) {
            return alike;
        }
        RelationalPersistentEntity<?> entity = context.getRequiredPersistentEntity(type);
        return catalog.find(name(entity))
                .map(table -> new SelfReferences(entity, table).parentsFirst(alike))
                .orElse(alike);
    }
}
