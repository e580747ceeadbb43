package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.mapping.AccessOptions;
import org.springframework.data.mapping.PersistentPropertyPath;
import org.springframework.data.mapping.PersistentPropertyPathAccessor;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.query.Criteria;

/**
 * A total order of an entity's rows, in which a query can be continued from any of them: the properties of a sort, and the
 * id. NULL counts as greater than every value, so it comes last where a property ascends and first where it descends.
 */
final class KeysetOrder {

    private static final AccessOptions.GetOptions NULL_INSIDE_NULL =
            AccessOptions.defaultGetOptions().withNullValues(AccessOptions.GetOptions.GetNulls.EARLY_RETURN);

    private final RelationalPersistentEntity<?> entity;
    private final Map<String, PersistentPropertyPath<RelationalPersistentProperty>> paths;
    private final List<KeysetKey> keys;
    private final ConversionService conversions;

    KeysetOrder(
            RelationalPersistentEntity<?> entity,
            Map<String, PersistentPropertyPath<RelationalPersistentProperty>> paths,
            List<KeysetKey> keys,
            ConversionService conversions) {
        this.entity = entity;
        this.paths = paths;
        this.keys = keys;
        this.conversions = conversions;
    }

    /** The order in which rows are read. */
    Sort sort(boolean forward) {
        return Sort.by(
                keys.stream().map(key -> order(key, key.ascending() == forward)).toList());
    }

    private static Sort.Order order(KeysetKey key, boolean up) {
        Sort.Order order = new Sort.Order(up ? Sort.Direction.ASC : Sort.Direction.DESC, key.path());
        if (!key.nullable()) {
            return order;
        }
        return up ? order.nullsLast() : order.nullsFirst();
    }

    /** The rows behind the position, in its direction; all where it is initial. */
    Criteria after(KeysetScrollPosition position) {
        if (position.isInitial()) {
            return Criteria.empty();
        }
        List<@Nullable Object> values = values(position.getKeys());
        List<Criteria> behind = new ArrayList<>();
        List<Criteria> tied = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            KeysetKey key = keys.get(i);
            Criteria beyond = key.beyond(values.get(i), key.ascending() == position.scrollsForward());
            if (beyond != null) {
                List<Criteria> all = new ArrayList<>(tied);
                all.add(beyond);
                behind.add(Brackets.all(all));
            }
            tied.add(key.equalTo(values.get(i)));
        }
        KeysetKey first = keys.get(0);
        Criteria notBefore = first.notBefore(values.get(0), first.ascending() == position.scrollsForward());
        Criteria any = Brackets.any(behind);
        return keys.size() == 1 || notBefore == null ? any : Brackets.all(notBefore, any);
    }

    private List<@Nullable Object> values(Map<String, Object> given) {
        List<@Nullable Object> values = new ArrayList<>();
        for (KeysetKey key : keys) {
            if (!given.containsKey(key.path())) {
                throw new InvalidDataAccessApiUsageException(
                        "The scroll position has no key '%s', by which %s are sorted here; the keys are %s. Continue with the sort that the position comes from."
                                .formatted(key.path(), entity.getType().getSimpleName(), paths.keySet()));
            }
            values.add(key.read(given.get(key.path()), conversions));
        }
        return values;
    }

    /** Where a row stands in this order. */
    Map<String, @Nullable Object> keysOf(Object row) {
        PersistentPropertyPathAccessor<Object> accessor = entity.getPropertyPathAccessor(row);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        paths.forEach((name, path) -> {
            Object value = accessor.getProperty(path, NULL_INSIDE_NULL);
            values.put(name, value instanceof AggregateReference<?, ?> reference ? reference.getId() : value);
        });
        return values;
    }
}
