package dev.dovetail.repository;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.BasicRelationalPersistentProperty;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * Which column each property of an entity is stored in, by the tables there are. Remembered until the schema is read anew. Safe for use by several threads.
 */
final class PropertyColumns {

    private static final long RECENT_NANOS = 1_000_000_000;

    private final SchemaCatalog catalog;
    private final RelationalMappingContext context;
    private static final ThreadLocal<Class<?>> WRITTEN = new ThreadLocal<>();

    private final PerSchema<Known> known;

    PropertyColumns(SchemaCatalog catalog, RelationalMappingContext context) {
        this.catalog = catalog;
        this.context = context;
        this.known = new PerSchema<>(catalog, schema -> new Known());
    }

    /** Runs a write of entities of this class: properties that are embedded in several classes are then this one's. */
    <T extends @Nullable Object> T writing(Class<?> type, Supplier<T> write) {
        Class<?> outer = WRITTEN.get();
        WRITTEN.set(type);
        try {
            return write.get();
        } finally {
            if (outer == null) {
                WRITTEN.remove();
            } else {
                WRITTEN.set(outer);
            }
        }
    }

    /**
     * The column of a property; null if there is no such table or column now.
     *
     * @throws InvalidDataAccessApiUsageException if the property is embedded in several places whose columns are of different
     *     types
     */
    @Nullable
    PropertyColumn of(RelationalPersistentProperty property) {
        PropertyColumn column = known(property);
        if (column != null) {
            return column;
        }
        // The table may be new, and a value that is written without its column's codec is wrong silently.
        catalog.refreshIfChanged();
        return known(property);
    }

    private @Nullable PropertyColumn known(RelationalPersistentProperty property) {
        Known now = known.get();
        Place place = new Place(property, WRITTEN.get());
        PropertyColumn remembered = now.ofProperties.get(place);
        if (remembered != null) {
            return remembered;
        }
        PropertyColumn found = find(property);
        if (found != null) {
            now.ofProperties.put(place, found);
        }
        return found;
    }

    /** The columns of an entity by the labels they have in its results; empty if it has no table. */
    Map<String, Labelled> labels(RelationalPersistentEntity<?> entity) {
        Labels labels = known(entity);
        // What has no id is made for a query and has no table. Asking each time would cost a statement for each row.
        if (!labels.complete && entity.hasIdProperty() && System.nanoTime() - labels.since > RECENT_NANOS) {
            catalog.refreshIfChanged();
            Known now = known.get();
            now.ofEntities.remove(entity);
            labels = known(entity);
        }
        return labels.columns;
    }

    private Labels known(RelationalPersistentEntity<?> entity) {
        Known now = known.get();
        Labels remembered = now.ofEntities.get(entity);
        if (remembered != null) {
            return remembered;
        }
        Labels labels = new Labels();
        collect(context.getAggregatePath(entity), entity, labels);
        now.ofEntities.put(entity, labels);
        return labels;
    }

    private void collect(AggregatePath path, RelationalPersistentEntity<?> entity, Labels labels) {
        for (RelationalPersistentProperty property : entity) {
            AggregatePath to = path.append(property);
            if (property.isEmbedded() || isSingleEntity(property)) {
                collect(to, context.getRequiredPersistentEntity(property.getTypeInformation()), labels);
            } else if (!property.isEntity()) {
                PropertyColumn column = at(to);
                if (column != null) {
                    labels.columns.put(to.getColumnInfo().alias().getReference(), new Labelled(property, column));
                } else {
                    labels.complete = false;
                }
            }
        }
    }

    private static boolean isSingleEntity(RelationalPersistentProperty property) {
        return property.isEntity() && !property.isAssociation() && !property.isCollectionLike() && !property.isMap();
    }

    // A property of a class that is embedded elsewhere lies in the tables that embed it.
    private @Nullable PropertyColumn find(RelationalPersistentProperty property) {
        Set<PropertyColumn> places = new LinkedHashSet<>();
        Set<PropertyColumn> ofWritten = new LinkedHashSet<>();
        for (RelationalPersistentEntity<?> entity : context.getPersistentEntities()) {
            if (!isEmbedded(entity)) {
                for (Labelled labelled : known(entity).columns.values()) {
                    if (isSame(labelled.property, property)) {
                        places.add(labelled.column);
                        if (entity.getType() == WRITTEN.get()) {
                            ofWritten.add(labelled.column);
                        }
                    }
                }
            }
        }
        Set<PropertyColumn> possible = ofWritten.isEmpty() ? places : ofWritten;
        // In conditions Spring Data gives the property with the prefix it has where it is embedded.
        if (!(property instanceof BasicRelationalPersistentProperty)) {
            String name = property.getColumnName().getReference();
            Set<PropertyColumn> named = possible.stream()
                    .filter(place -> place.column().equals(name))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            possible = named.isEmpty() ? possible : named;
        }
        requireOneType(property, possible);
        return possible.stream().findFirst().orElse(null);
    }

    private static boolean isSame(RelationalPersistentProperty one, RelationalPersistentProperty other) {
        return one.getName().equals(other.getName())
                && one.getOwner().getType() == other.getOwner().getType();
    }

    private boolean isEmbedded(RelationalPersistentEntity<?> candidate) {
        for (RelationalPersistentEntity<?> entity : context.getPersistentEntities()) {
            for (RelationalPersistentProperty property : entity) {
                if (property.isEmbedded() && property.getType() == candidate.getType()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void requireOneType(RelationalPersistentProperty property, Set<PropertyColumn> places) {
        if (places.stream().map(PropertyColumn::type).distinct().count() > 1) {
            throw new InvalidDataAccessApiUsageException(
                    "Property %s.%s is embedded in columns of different types, so that it cannot be told how to store it: %s"
                            .formatted(
                                    property.getOwner().getType().getSimpleName(),
                                    property.getName(),
                                    places.stream()
                                            .map(place -> "%s.%s is %s"
                                                    .formatted(place.table(), place.column(), place.getName()))
                                            .collect(Collectors.joining(", "))));
        }
    }

    private @Nullable PropertyColumn at(AggregatePath path) {
        String column = path.getColumnInfo().name().getReference();
        return catalog.current()
                .find(name(path.getTableInfo().qualifiedTableName()))
                .flatMap(table -> column(path, table, column))
                .orElse(null);
    }

    private Optional<PropertyColumn> column(AggregatePath path, TableInfo table, String name) {
        Optional<ColumnInfo> column = table.column(name);
        return column.map(found -> new PropertyColumn(
                "%s.%s"
                        .formatted(
                                path.getRequiredBaseProperty()
                                        .getOwner()
                                        .getType()
                                        .getSimpleName(),
                                path.toDotPath()),
                table.name(),
                found.name(),
                found.type(),
                catalog.engine().codec(found.type()),
                found.type().kind() == Kind.JSON || path.getRequiredLeafProperty() instanceof JsonProperty));
    }

    static String name(SqlIdentifier qualified) {
        return StreamSupport.stream(qualified.spliterator(), false)
                .map(SqlIdentifier::getReference)
                .collect(Collectors.joining("."));
    }

    /** A property and where it is stored. */
    record Labelled(RelationalPersistentProperty property, PropertyColumn column) {}

    private record Place(
            RelationalPersistentProperty property, @Nullable Class<?> written) {}

    private static final class Labels {

        private final Map<String, Labelled> columns = new LinkedHashMap<>();
        private final long since = System.nanoTime();
        private boolean complete = true;
    }

    private static final class Known {

        private final Map<Place, PropertyColumn> ofProperties = new ConcurrentHashMap<>();
        private final Map<RelationalPersistentEntity<?>, Labels> ofEntities = new ConcurrentHashMap<>();
    }
}
