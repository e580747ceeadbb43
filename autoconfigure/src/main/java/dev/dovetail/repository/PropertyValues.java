package dev.dovetail.repository;

import java.sql.SQLType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.mapping.RelationalPredicates;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * The values Spring Data JDBC inserts for an entity, by the same rules, but which properties and columns those are is found
 * out once for many entities.
 *
 * @param <T> the entity
 */
final class PropertyValues<T> implements RowValues<T> {

    /** One column's value, some properties deep. */
    private record Cell(
            SqlIdentifier column, List<Step> owners, Step property, TypeInformation<?> columnType, SQLType sqlType) {}

    /** A property, and the entity that has it. */
    private record Step(RelationalPersistentEntity<?> owner, RelationalPersistentProperty property) {

        @Nullable
        Object of(Object instance) {
            return owner.getPropertyAccessor(instance).getProperty(property);
        }
    }

    private final JdbcConverter converter;
    private final List<Cell> cells;

    private PropertyValues(JdbcConverter converter, List<Cell> cells) {
        this.converter = converter;
        this.cells = cells;
    }

    /**
     * @param skipped properties that are not inserted
     * @return null if there are properties of which only Spring Data knows what is inserted
     */
    static <T> @Nullable PropertyValues<T> of(
            RelationalPersistentEntity<T> entity,
            JdbcConverter converter,
            Predicate<RelationalPersistentProperty> skipped) {
        List<Cell> cells = new ArrayList<>();
        boolean known = collect(entity, "", List.of(), converter, skipped, cells);
        cells.sort(Comparator.comparing(cell -> cell.column.getReference()));
        // Of two properties in one column Spring Data inserts one.
        boolean distinct = cells.stream()
                        .map(cell -> cell.column.getReference())
                        .distinct()
                        .count()
                == cells.size();
        return known && distinct && !cells.isEmpty() ? new PropertyValues<>(converter, cells) : null;
    }

    private static boolean collect(
            RelationalPersistentEntity<?> entity,
            String prefix,
            List<Step> owners,
            JdbcConverter converter,
            Predicate<RelationalPersistentProperty> skipped,
            List<Cell> cells) {
        RelationalMappingContext context = converter.getMappingContext();
        List<RelationalPersistentProperty> properties = new ArrayList<>();
        entity.doWithAll(properties::add);
        for (RelationalPersistentProperty property : properties) {
            if (skipped.test(property) || !property.isWritable() || RelationalPredicates.isRelation(property)) {
                continue;
            }
            Step step = new Step(entity, property);
            if (property.isEmbedded()) {
                List<Step> deeper = new ArrayList<>(owners);
                deeper.add(step);
                RelationalPersistentEntity<?> embedded =
                        context.getRequiredPersistentEntity(property.getTypeInformation());
                if (!collect(embedded, prefix + property.getEmbeddedPrefix(), deeper, converter, skipped, cells)) {
                    return false;
                }
            } else if (property.isEntity() || refersByEntity(property, context)) {
                return false;
            } else {
                cells.add(new Cell(
                        property.getColumnName().transform(prefix::concat),
                        owners,
                        step,
                        TypeInformation.of(converter.getColumnType(property)),
                        converter.getTargetSqlType(property)));
            }
        }
        return true;
    }

    // An id of several columns.
    private static boolean refersByEntity(RelationalPersistentProperty property, RelationalMappingContext context) {
        if (!property.isAssociation()) {
            return false;
        }
        TypeInformation<?> id = property.getTypeInformation().getMapValueType();
        return id == null || context.getPersistentEntity(id) != null;
    }

    @Override
    public List<SqlIdentifier> columns() {
        return cells.stream().map(Cell::column).toList();
    }

    @Override
    public List<SQLType> types() {
        return cells.stream().map(Cell::sqlType).toList();
    }

    @Override
    public @Nullable Object[] of(T entity) {
        @Nullable Object[] values = new @Nullable Object[cells.size()];
        for (int i = 0; i < values.length; i++) {
            Cell cell = cells.get(i);
            Object owner = entity;
            for (Step step : cell.owners) {
                owner = owner == null ? null : step.of(owner);
            }
            Object value = owner == null ? null : cell.property.of(owner);
            values[i] = converter.writeJdbcValue(value, cell.columnType, cell.sqlType);
        }
        return values;
    }
}
