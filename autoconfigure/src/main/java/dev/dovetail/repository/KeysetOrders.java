package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.mapping.PersistentPropertyPath;
import org.springframework.data.mapping.context.InvalidPersistentPropertyPath;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/** Makes a total order of a sort, or says why it cannot be one. */
final class KeysetOrders {

    private final RelationalMappingContext context;
    private final JdbcConverter converter;
    private final Nullability nullability;

    KeysetOrders(JdbcConverter converter, Nullability nullability) {
        this.context = converter.getMappingContext();
        this.converter = converter;
        this.nullability = nullability;
    }

    /**
     * The order of the sort, continued by the id where the sort does not name it.
     *
     * @throws InvalidDataAccessApiUsageException if the sort is empty, names what is no single column, ignores case or
     *     places NULLs otherwise
     */
    KeysetOrder of(Class<?> type, Sort sort) {
        RelationalPersistentEntity<?> entity = context.getRequiredPersistentEntity(type);
        if (sort.isUnsorted()) {
            throw invalid("A keyset window of %s needs an order. Give a Sort, or add OrderBy… to the method's name."
                    .formatted(type.getSimpleName()));
        }
        Map<String, PersistentPropertyPath<RelationalPersistentProperty>> paths = new LinkedHashMap<>();
        List<KeysetKey> keys = new ArrayList<>();
        for (Sort.Order order : sort) {
            PersistentPropertyPath<RelationalPersistentProperty> path = path(entity, order.getProperty());
            refuseWhatNoKeysetKnows(order);
            add(entity, path, order.isAscending(), paths, keys);
        }
        boolean ascending = keys.get(keys.size() - 1).ascending();
        context.getAggregatePath(entity)
                .getTableInfo()
                .idColumnInfos()
                .forEach((id, column) -> add(
                        entity,
                        context.getPersistentPropertyPath(id.toDotPath(), entity.getType()),
                        ascending,
                        paths,
                        keys));
        return new KeysetOrder(entity, paths, keys, converter.getConversionService());
    }

    private static void refuseWhatNoKeysetKnows(Sort.Order order) {
        if (order.isIgnoreCase()) {
            throw invalid(
                    "A keyset window cannot be sorted by '%s' without regard to case. Sort by a column that holds the text in one case."
                            .formatted(order.getProperty()));
        }
        boolean stated = order.getNullHandling() != Sort.NullHandling.NATIVE;
        if (stated && (order.getNullHandling() == Sort.NullHandling.NULLS_LAST) != order.isAscending()) {
            throw invalid(
                    "A keyset window has NULLs of '%s' last when it ascends and first when it descends. Leave the place of NULLs out."
                            .formatted(order.getProperty()));
        }
    }

    private void add(
            RelationalPersistentEntity<?> entity,
            PersistentPropertyPath<RelationalPersistentProperty> path,
            boolean ascending,
            Map<String, PersistentPropertyPath<RelationalPersistentProperty>> paths,
            List<KeysetKey> keys) {
        String name = path.toDotPath();
        if (paths.putIfAbsent(name, path) != null) {
            return;
        }
        AggregatePath column = context.getAggregatePath(path);
        RelationalPersistentProperty leaf = path.getLeafProperty();
        boolean id = path.getBaseProperty().isIdProperty();
        boolean nullable = !id
                && nullability.mayBeNull(
                        entity, leaf, column.getColumnInfo().name().getReference());
        keys.add(new KeysetKey(name, ascending, nullable, leaf.getType()));
    }

    private PersistentPropertyPath<RelationalPersistentProperty> path(
            RelationalPersistentEntity<?> entity, String property) {
        QueryNames.check(property, entity);
        PersistentPropertyPath<RelationalPersistentProperty> path;
        try {
            path = context.getPersistentPropertyPath(property, entity.getType());
        } catch (InvalidPersistentPropertyPath ex) {
            throw QueryNames.unknown(property, entity);
        }
        for (RelationalPersistentProperty step : path) {
            boolean last = step.equals(path.getLeafProperty());
            if (last ? !isColumn(step) : !step.isEmbedded()) {
                throw invalid(
                        "A keyset window of %s cannot be sorted by '%s', which is not a single column of its table."
                                .formatted(entity.getType().getSimpleName(), property));
            }
        }
        return path;
    }

    private static boolean isColumn(RelationalPersistentProperty property) {
        boolean reference = AggregateReference.class.isAssignableFrom(property.getType());
        return reference || !(property.isEntity() || property.isCollectionLike() || property.isMap());
    }

    private static InvalidDataAccessApiUsageException invalid(String message) {
        return new InvalidDataAccessApiUsageException(message);
    }
}
