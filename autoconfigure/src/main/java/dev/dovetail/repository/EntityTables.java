package dev.dovetail.repository;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.relational.core.conversion.IdValueSource;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/** Which table and columns entities are inserted into; remembered until the schema is read anew. */
final class EntityTables {

    private record Key(Class<?> type, IdValueSource ids) {}

    private record Known(Schema schema, @Nullable EntityTable<?> table) {}

    private final JdbcConverter converter;
    private final Dialect dialect;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();

    EntityTables(JdbcConverter converter, Dialect dialect) {
        this.converter = converter;
        this.dialect = dialect;
    }

    /** Null if the entity is not of the kind whose columns are all known here. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"})
    <T> @Nullable EntityTable<T> of(Class<T> type, IdValueSource ids) {
        if (!(converter instanceof ColumnAwareJdbcConverter aware)) {
            return null;
        }
        Key key = new Key(type, ids);
        Schema now = aware.catalog().current();
        Known remembered = known.get(key);
        if (remembered == null || remembered.schema != now) {
            EntityTable<T> found = aware.writing(type, () -> find(type, ids, aware));
            // Where the schema was read anew meanwhile, the next to ask searches again.
            remembered = new Known(now, found);
            if (found != null) {
                known.put(key, remembered);
            }
        }
        return (EntityTable<T>) remembered.table;
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable EntityTable<T> find(Class<T> type, IdValueSource ids, ColumnAwareJdbcConverter aware) {
        RelationalPersistentEntity<T> entity =
                (RelationalPersistentEntity<T>) converter.getMappingContext().getRequiredPersistentEntity(type);
        RelationalPersistentProperty id = entity.getIdProperty();
        RowValues<T> values = values(entity, ids, aware);
        TableInfo table = aware.catalog()
                .current()
                .find(PropertyColumns.name(entity.getQualifiedTableName()))
                .orElse(null);
        if (values == null || table == null) {
            return null;
        }
        List<ColumnInfo> columns = columns(table, values.columns());
        int idPlace = id == null ? -1 : values.columns().indexOf(id.getColumnName());
        return columns == null
                ? null
                : new EntityTable<>(
                        table,
                        entity.getQualifiedTableName().toSql(dialect.getIdentifierProcessing()),
                        columns,
                        values,
                        values.types(),
                        idPlace,
                        converter);
    }

    private <T> @Nullable RowValues<T> values(
            RelationalPersistentEntity<T> entity, IdValueSource ids, ColumnAwareJdbcConverter aware) {
        RelationalPersistentProperty id = entity.getIdProperty();
        CompiledEntity<T> compiled = aware.entities().of(entity.getType());
        if (compiled != null && ids != IdValueSource.NONE) {
            return new CompiledValues<>(compiled);
        }
        return id != null && id.isEmbedded()
                ? null
                : PropertyValues.of(
                        entity, converter, property -> ids == IdValueSource.NONE && property.isIdProperty());
    }

    private static @Nullable List<ColumnInfo> columns(TableInfo table, List<SqlIdentifier> names) {
        List<ColumnInfo> columns = new ArrayList<>();
        for (SqlIdentifier name : names) {
            ColumnInfo column = table.column(name.getReference()).orElse(null);
            if (column == null) {
                return null;
            }
            columns.add(column);
        }
        return columns;
    }
}
