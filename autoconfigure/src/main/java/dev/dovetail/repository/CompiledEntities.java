package dev.dovetail.repository;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.repository.PropertyColumns.Labelled;
import dev.dovetail.schema.SchemaCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/**
 * The entities whose way from a row and to a statement is worked out once: those that are stored in one row each. Remembered
 * until the schema is read anew. Safe for use by several threads.
 */
final class CompiledEntities {

    private final SchemaCatalog catalog;
    private final PropertyColumns columns;
    private final StoredValues values;
    private final ColumnAwareJdbcConverter converter;
    private final Map<Class<?>, Optional<EntityOutline<?>>> outlines = new ConcurrentHashMap<>();

    private final PerSchema<Map<Class<?>, CompiledEntity<?>>> compiled;

    CompiledEntities(
            SchemaCatalog catalog, PropertyColumns columns, StoredValues values, ColumnAwareJdbcConverter converter) {
        this.catalog = catalog;
        this.compiled = new PerSchema<>(catalog, schema -> new ConcurrentHashMap<>());
        this.columns = columns;
        this.values = values;
        this.converter = converter;
    }

    /** The entity; null if it has to go Spring Data's own way, because of what it is or because it has no table now. */
    @SuppressWarnings("unchecked")
    <T> @Nullable CompiledEntity<T> of(Class<T> type) {
        Map<Class<?>, CompiledEntity<?>> now = compiled.get();
        CompiledEntity<T> remembered = (CompiledEntity<T>) now.get(type);
        if (remembered != null) {
            return remembered;
        }
        CompiledEntity<T> found = compile(type);
        // What was worked out while the schema was read anew may be of either: it is not for the next.
        if (found != null) {
            now.put(type, found);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable CompiledEntity<T> compile(Class<T> type) {
        RelationalPersistentEntity<T> entity =
                (RelationalPersistentEntity<T>) converter.getMappingContext().getPersistentEntity(type);
        if (entity == null) {
            return null;
        }
        EntityOutline<T> outline = (EntityOutline<T>)
                outlines.computeIfAbsent(type, unseen -> Optional.ofNullable(EntityOutline.of(entity, converter)))
                        .orElse(null);
        return outline == null ? null : compile(entity, outline);
    }

    private <T> @Nullable CompiledEntity<T> compile(RelationalPersistentEntity<T> entity, EntityOutline<T> outline) {
        Map<String, Labelled> labels = columns.labels(entity);
        List<EntityColumn> found = new ArrayList<>();
        for (AggregatePath path : outline.columns()) {
            String label = path.getColumnInfo().alias().getReference();
            Labelled labelled = labels.get(label);
            if (labelled == null) {
                return null;
            }
            found.add(column(path, label, labelled.column()));
        }
        // By its column's name only one of two properties would be found.
        if (found.stream().map(EntityColumn::label).distinct().count() < found.size()) {
            return null;
        }
        Optional<TableInfo> table = catalog.current().find(PropertyColumns.name(entity.getQualifiedTableName()));
        return table.isEmpty() ? null : new CompiledEntity<>(entity, table.get(), found, outline.assembly());
    }

    private EntityColumn column(AggregatePath path, String label, PropertyColumn place) {
        RelationalPersistentProperty property = path.getRequiredLeafProperty();
        return new EntityColumn(
                property,
                path.toDotPath(),
                path.getColumnInfo().name(),
                label,
                place,
                path.getLength() > 2,
                ColumnReader.of(property, place, place.codec()::read, values, converter),
                ColumnReader.of(property, place, decoding(place.codec()), values, converter),
                new ColumnWriter(property, place, values, converter));
    }

    private ColumnReader decoding(ColumnCodec codec) {
        return (rows, index) -> {
            Object stored = values.stored(rows, index);
            return stored == null ? null : codec.decode(stored);
        };
    }
}
