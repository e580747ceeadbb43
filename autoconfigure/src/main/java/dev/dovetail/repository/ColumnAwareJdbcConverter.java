package dev.dovetail.repository;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.repository.PropertyColumns.Labelled;
import dev.dovetail.schema.SchemaCatalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.ConverterRegistry;
import org.springframework.data.convert.CustomConversions;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.JdbcTypeFactory;
import org.springframework.data.jdbc.core.convert.MappingJdbcConverter;
import org.springframework.data.jdbc.core.convert.RelationResolver;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.jdbc.support.JdbcUtil;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.domain.RowDocument;

/**
 * Spring Data JDBC's converter, which also looks at the column that a property is stored in: a value is written as values of
 * that column lie in this database, and read from whatever form lies there.
 *
 * <p>The application's own converters come first: between them and the column stands what they make of a value. Safe for use
 * by several threads.
 */
public final class ColumnAwareJdbcConverter extends MappingJdbcConverter {

    private final SchemaCatalog catalog;
    private final PropertyColumns columns;
    private final StoredValues values;
    private final CompiledEntities entities;

    /** @param documents how JSON is written and read; null if Jackson is not there */
    public ColumnAwareJdbcConverter(
            RelationalMappingContext context,
            RelationResolver relationResolver,
            CustomConversions conversions,
            JdbcTypeFactory typeFactory,
            SchemaCatalog catalog,
            @Nullable JsonDocuments documents) {
        super(context, relationResolver, conversions, typeFactory);
        this.catalog = catalog;
        this.columns = new PropertyColumns(catalog, context);
        this.values = new StoredValues(catalog.engine(), conversions, documents);
        this.entities = new CompiledEntities(catalog, columns, values, this);
        if (getConversionService() instanceof ConverterRegistry own) {
            own.addConverter(new DriverFormConverter(values, getConversionService()));
        }
    }

    /** The entities whose rows can be read and written by position. */
    CompiledEntities entities() {
        return entities;
    }

    @Override
    public SQLType getTargetSqlType(RelationalPersistentProperty property) {
        PropertyColumn column = columns.of(property);
        // For texts it is Spring's own type: by that Spring decides whether it can ignore case.
        return column == null || column.isTextOf(property) || values.isLeftToSpring(property, column)
                ? super.getTargetSqlType(property)
                : column;
    }

    @Override
    public JdbcValue writeJdbcValue(@Nullable Object value, TypeInformation<?> columnType, SQLType sqlType) {
        if (value instanceof AggregateReference<?, ?> reference) {
            return writeJdbcValue(reference.getId(), columnType, sqlType);
        }
        if (!(sqlType instanceof PropertyColumn column)) {
            return value != null && StoredValues.isBoundByItsClass(value)
                    ? JdbcValue.of(value, JdbcUtil.TYPE_UNKNOWN)
                    : super.writeJdbcValue(value, columnType, sqlType);
        }
        Object simple = value == null || values.isWritten(value, column)
                ? value
                : super.writeJdbcValue(value, columnType, column).getValue();
        return JdbcValue.of(
                simple == null ? null : values.write(simple, column),
                column.codec().jdbcType());
    }

    /** The tables by which it knows columns. */
    SchemaCatalog catalog() {
        return catalog;
    }

    /** Runs a write of entities of this class, so that it is known what a property is embedded in. */
    <T extends @Nullable Object> T writing(Class<?> type, Supplier<T> write) {
        return columns.writing(type, write);
    }

    @Override
    public <R> R readAndResolve(TypeInformation<R> type, RowDocument source, Identifier identifier) {
        RelationalPersistentEntity<?> entity = getMappingContext().getPersistentEntity(type);
        if (entity != null) {
            decode(entity, source);
        }
        return super.readAndResolve(type, source, identifier);
    }

    private void decode(RelationalPersistentEntity<?> entity, RowDocument row) {
        for (Map.Entry<String, Labelled> label : columns.labels(entity).entrySet()) {
            Object stored = row.get(label.getKey());
            if (stored != null) {
                row.put(label.getKey(), decode(entity, row, label.getValue(), stored));
            }
        }
    }

    private @Nullable Object decode(
            RelationalPersistentEntity<?> entity, RowDocument row, Labelled labelled, Object stored) {
        try {
            return values.read(stored, labelled.property(), labelled.column());
        } catch (IllegalArgumentException e) {
            PropertyColumn column = labelled.column();
            throw new StoredValueException(
                    column.table(), column.column(), idOf(entity, row), String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable String idOf(RelationalPersistentEntity<?> entity, RowDocument row) {
        RelationalPersistentProperty id = entity.getIdProperty();
        if (id == null || id.isEmbedded() || id.isEntity()) {
            return null;
        }
        Object value = row.get(id.getColumnName().getReference());
        return value == null ? null : value.toString();
    }

    /** Whether the class is an entity that has a table. */
    boolean hasTable(Class<?> type) {
        RelationalPersistentEntity<?> entity = getMappingContext().getPersistentEntity(type);
        return entity != null && !columns.labels(entity).isEmpty();
    }

    /** Whether an entity's results have a column of this name. */
    boolean hasColumn(Class<?> type, String label) {
        return columns.labels(getMappingContext().getRequiredPersistentEntity(type))
                .containsKey(label);
    }

    /** Reads a column of the current row as values of such a column lie. */
    @Nullable
    Object readAs(ResultSet resultSet, int index, ColumnCodec codec, Class<?> type) throws SQLException {
        Object value = codec.read(resultSet, index);
        return value == null ? null : readValue(value, TypeInformation.of(type));
    }

    @Override
    protected @Nullable Object getPotentiallyConvertedSimpleRead(Object value, TypeInformation<?> type) {
        Class<?> wanted = type.getType();
        if (!wanted.isInstance(value) && !getConversions().hasCustomReadTarget(value.getClass(), wanted)) {
            Object known = values.as(value, wanted);
            if (known != null) {
                return known;
            }
        }
        return super.getPotentiallyConvertedSimpleRead(value, type);
    }
}
