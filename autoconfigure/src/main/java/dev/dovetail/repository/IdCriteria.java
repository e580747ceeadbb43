package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.PersistentPropertyPathAccessor;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.query.Criteria;

/** Conditions on ids, also on those of several columns. */
final class IdCriteria {

    private static final int GROUP = 500;

    // Each is an alternative of its own, and engines limit how deep a condition may be.
    private static final int GROUP_OF_COMPOSITES = 50;

    private final RelationalMappingContext context;

    IdCriteria(RelationalMappingContext context) {
        this.context = context;
    }

    Criteria is(RelationalPersistentEntity<?> entity, Object id) {
        RelationalPersistentProperty property = entity.getRequiredIdProperty();
        RelationalPersistentEntity<?> composite = composite(property);
        if (composite == null) {
            return Criteria.where(property.getName()).is(id);
        }
        PersistentPropertyPathAccessor<Object> parts = composite.getPropertyPathAccessor(id);
        List<Criteria> all = new ArrayList<>();
        context.getAggregatePath(entity)
                .getTableInfo()
                .idColumnInfos()
                .forEach((path, column) ->
                        all.add(Criteria.where(path.toDotPath()).is(part(parts, path, property))));
        return Brackets.all(all);
    }

    private static Object part(
            PersistentPropertyPathAccessor<Object> parts, AggregatePath path, RelationalPersistentProperty id) {
        return Objects.requireNonNull(
                parts.getProperty(path.getSubPathBasedOn(id.getActualType()).getRequiredPersistentPropertyPath()),
                () -> "The id has no " + path.toDotPath());
    }

    /** Conditions that together are fulfilled by each of these ids, once. */
    List<Criteria> in(RelationalPersistentEntity<?> entity, Iterable<?> ids) {
        RelationalPersistentProperty property = entity.getRequiredIdProperty();
        boolean simple = composite(property) == null;
        Map<Object, Object> distinct = new LinkedHashMap<>();
        ids.forEach(id -> distinct.put(id, id));
        List<Object> all = List.copyOf(distinct.values());
        List<Criteria> groups = new ArrayList<>();
        int size = simple ? GROUP : GROUP_OF_COMPOSITES;
        for (int from = 0; from < all.size(); from += size) {
            List<Object> group = all.subList(from, Math.min(all.size(), from + size));
            groups.add(
                    simple
                            ? Criteria.where(property.getName()).in(group)
                            : Brackets.any(
                                    group.stream().map(id -> is(entity, id)).toList()));
        }
        return groups;
    }

    private @Nullable RelationalPersistentEntity<?> composite(RelationalPersistentProperty id) {
        return context.getPersistentEntity(id);
    }
}
