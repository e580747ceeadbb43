package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.JdbcIdentifierBuilder;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.SqlIdentifier;
import org.springframework.data.relational.domain.RowDocument;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/**
 * Reads the collections of several aggregates, one statement per collection and level instead of one per aggregate and
 * collection. Safe for use by several threads.
 */
final class ChildLoader {

    /** How many parents one statement asks for, far below what any database takes. */
    static final int PARENTS = 500;

    // Each is an OR, and SQLite takes expressions of 1000 levels at most.
    private static final int PARENTS_OF_SEVERAL_COLUMNS = 400;

    private final RelationalMappingContext context;
    private final JdbcConverter converter;
    private final NamedParameterJdbcOperations operations;
    private final ChildQuery query;
    private final Map<Class<?>, List<AggregatePath>> collections = new ConcurrentHashMap<>();

    ChildLoader(JdbcConverter converter, NamedParameterJdbcOperations operations, Dialect dialect) {
        this.context = converter.getMappingContext();
        this.converter = converter;
        this.operations = operations;
        this.query = new ChildQuery(context, dialect);
    }

    /** Whether entities of this type have collections of others, which are read by statements of their own. */
    boolean hasCollections(Class<?> type) {
        return !collections(type).isEmpty();
    }

    /** The children of entities that were read, with theirs. */
    Children load(Class<?> type, List<RowDocument> rows) {
        Children found = new Children();
        load(type, rows, rows.stream().map(row -> Identifier.empty()).toList(), found);
        return found;
    }

    /** The children of one parent, with theirs. */
    Children load(AggregatePath path, Identifier parent) {
        Children found = new Children();
        load(path, List.of(parent), found);
        return found;
    }

    private void load(Class<?> type, List<RowDocument> rows, List<Identifier> identifiers, Children found) {
        for (AggregatePath path : collections(type)) {
            List<Identifier> parents = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Identifier parent = backReference(path, rows.get(i), identifiers.get(i));
                if (parent != null) {
                    parents.add(parent);
                }
            }
            load(path, parents, found);
        }
    }

    private void load(AggregatePath path, List<Identifier> parents, Children found) {
        Map<ParentKey, Identifier> byKey = new LinkedHashMap<>();
        parents.forEach(parent -> byKey.putIfAbsent(ParentKey.of(parent, converter), parent));
        List<ParentKey> keys = new ArrayList<>(byKey.keySet());
        if (keys.isEmpty()) {
            return;
        }
        int size = keys.get(0).columns().size() == 1 ? PARENTS : PARENTS_OF_SEVERAL_COLUMNS;
        for (int from = 0; from < keys.size(); from += size) {
            List<ParentKey> some = keys.subList(from, Math.min(from + size, keys.size()));
            Map<ParentKey, List<RowDocument>> rows = read(path, some, byKey);
            if (rows == null) {
                return;
            }
            found.put(path, rows);
            List<RowDocument> children = new ArrayList<>();
            List<Identifier> identifiers = new ArrayList<>();
            rows.forEach((key, ofParent) -> {
                for (int i = 0; i < ofParent.size(); i++) {
                    children.add(ofParent.get(i));
                    identifiers.add(identifier(path, Objects.requireNonNull(byKey.get(key)), ofParent.get(i), i));
                }
            });
            load(path.getRequiredLeafEntity().getType(), children, identifiers, found);
        }
    }

    /** Null if a row is of no parent as far as can be told: then each parent has to be asked for by itself. */
    private @Nullable Map<ParentKey, List<RowDocument>> read(
            AggregatePath path, List<ParentKey> parents, Map<ParentKey, Identifier> byKey) {
        List<SqlIdentifier> columns = parents.get(0).columns();
        Map<ParentKey, List<RowDocument>> rows = new LinkedHashMap<>();
        parents.forEach(parent -> rows.put(parent, new ArrayList<>()));
        List<RowDocument> read = operations.query(
                query.sql(path, columns, parents.size()),
                parameters(parents, byKey, columns.size()),
                (row, number) -> LookAheadRows.document(row));
        for (RowDocument row : read) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(ParentKey.comparable(row.get(ChildQuery.PARENT + i)));
            }
            List<RowDocument> ofParent = rows.get(new ParentKey(columns, values));
            if (ofParent == null) {
                return null;
            }
            ofParent.add(row);
        }
        return rows;
    }

    private MapSqlParameterSource parameters(List<ParentKey> parents, Map<ParentKey, Identifier> byKey, int columns) {
        List<List<@Nullable Object>> values = parents.stream()
                .map(parent -> ParentKey.parameters(Objects.requireNonNull(byKey.get(parent)), converter))
                .toList();
        MapSqlParameterSource parameters = new MapSqlParameterSource();
        if (columns == 1) {
            return parameters.addValue(
                    "p", values.stream().map(value -> value.get(0)).toList());
        }
        for (int parent = 0; parent < values.size(); parent++) {
            for (int i = 0; i < columns; i++) {
                parameters.addValue(
                        "p%d_%d".formatted(parent, i), values.get(parent).get(i));
            }
        }
        return parameters;
    }

    /** What stands for a child among its siblings, as Spring Data numbers them. */
    static Identifier identifier(AggregatePath path, Identifier parent, RowDocument row, int number) {
        AggregatePath.ColumnInfo qualifier = path.getTableInfo().qualifierColumnInfo();
        if (qualifier == null) {
            return parent;
        }
        if (path.isMap()) {
            Object key = row.get(qualifier.name().getReference());
            return key == null ? parent : parent.withPart(qualifier.name(), key, Object.class);
        }
        return path.hasIdProperty() ? parent : parent.withPart(qualifier.name(), number, Object.class);
    }

    // As MappingJdbcConverter will ask for it when it makes the entity; null if there is none that could have children.
    private @Nullable Identifier backReference(AggregatePath path, RowDocument row, Identifier own) {
        AggregatePath idParent = path.getIdDefiningParentPath();
        if (!idParent.hasIdProperty()) {
            return own;
        }
        RelationalPersistentProperty id = idParent.getRequiredIdProperty();
        AggregatePath base = id.isEntity() ? idParent.append(id) : idParent;
        boolean[] complete = {true};
        Identifier reference = JdbcIdentifierBuilder.forBackReference(converter, path, own, part -> {
            Object value = row.get(appended(base, part).getColumnInfo().alias().getReference());
            complete[0] &= value != null;
            return value != null ? value : "";
        });
        return complete[0] ? reference : null;
    }

    private static AggregatePath appended(AggregatePath base, AggregatePath part) {
        boolean fits = part.getRequiredBaseProperty().getOwner().equals(base.getRequiredLeafEntity());
        return fits ? base.append(part) : appended(base, part.getRequiredTail());
    }

    private List<AggregatePath> collections(Class<?> type) {
        List<AggregatePath> known = collections.get(type);
        if (known != null) {
            return known;
        }
        List<AggregatePath> paths = new ArrayList<>();
        RelationalPersistentEntity<?> entity = context.getPersistentEntity(type);
        if (entity != null) {
            collect(context.getAggregatePath(entity), paths);
        }
        collections.put(type, List.copyOf(paths));
        return paths;
    }

    private static void collect(AggregatePath parent, List<AggregatePath> paths) {
        for (RelationalPersistentProperty property : parent.getRequiredLeafEntity()) {
            AggregatePath path = parent.append(property);
            if (path.isMultiValued() && path.isEntity()) {
                paths.add(path);
            } else if (path.isEntity() && !property.isAssociation()) {
                collect(path, paths);
            }
        }
    }
}
