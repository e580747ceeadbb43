package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import java.sql.SQLException;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.InsertSubject;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.JdbcConfiguration;
import org.springframework.data.mapping.PersistentPropertyPath;
import org.springframework.data.relational.core.conversion.IdValueSource;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.domain.RowDocument;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/**
 * Spring Data JDBC's way to the database, with generated ids in batches on every engine, and children of many aggregates read
 * together. Safe for use by several threads.
 */
public class DovetailDataAccessStrategy extends CheckingDataAccessStrategy {

    private final JdbcConverter converter;
    private final BatchInserts batches;
    private final EntityInserts inserts;
    private final ChildLoader loader;
    private final @Nullable DirectAccess direct;

    public DovetailDataAccessStrategy(
            NamedParameterJdbcOperations operations,
            JdbcConverter converter,
            @Nullable QueryMappingConfiguration queryMapping,
            JdbcDialect dialect,
            DatabaseEngine engine) {
        this(
                operations,
                converter,
                queryMapping,
                dialect,
                engine,
                new ChildLoader(converter, operations, dialect),
                direct(operations, converter, queryMapping, dialect));
    }

    private DovetailDataAccessStrategy(
            NamedParameterJdbcOperations operations,
            JdbcConverter converter,
            @Nullable QueryMappingConfiguration queryMapping,
            JdbcDialect dialect,
            DatabaseEngine engine,
            ChildLoader loader,
            @Nullable DirectAccess direct) {
        super(
                direct(
                        new ScopedWrites(
                                JdbcConfiguration.createDataAccessStrategy(
                                        operations,
                                        converter,
                                        new BatchingMappers(queryMapping, converter, loader),
                                        dialect),
                                converter),
                        direct),
                converter.getMappingContext());
        this.converter = converter;
        this.batches = new BatchInserts(engine, converter, operations.getJdbcOperations());
        this.inserts = new EntityInserts(new EntityTables(converter, dialect), engine, operations.getJdbcOperations());
        this.loader = loader;
        this.direct = direct;
    }

    // A template or a converter of the application's own may do more than ours do, and has to be asked each time.
    private static @Nullable DirectAccess direct(
            NamedParameterJdbcOperations operations,
            JdbcConverter converter,
            @Nullable QueryMappingConfiguration queryMapping,
            JdbcDialect dialect) {
        return converter instanceof ColumnAwareJdbcConverter aware
                        && operations.getJdbcOperations() instanceof RepositoryJdbcTemplate template
                ? new DirectAccess(template, aware.entities(), queryMapping, dialect)
                : null;
    }

    private static DataAccessStrategy direct(DataAccessStrategy others, @Nullable DirectAccess direct) {
        return direct == null ? others : new DirectRows(others, direct);
    }

    /** The way to single rows; null if there is none but Spring Data's. */
    @Nullable
    DirectAccess direct() {
        return direct;
    }

    /** Whether each of the entity's rows is read and written by one statement of its own. */
    boolean isDirect(Class<?> type) {
        return direct != null && direct.of(type) != null;
    }

    /** Whether an entity is direct, and its id is the primary key of its table. */
    boolean isDirectByPrimaryKey(Class<?> type) {
        CompiledEntity<?> entity = direct == null ? null : direct.of(type);
        return entity != null && entity.hasUniqueId();
    }

    /** Whether the table of an entity that is direct refuses rows without an id, or numbers them. */
    boolean alwaysHasAnId(Class<?> type) {
        CompiledEntity<?> entity = direct == null ? null : direct.of(type);
        return entity != null && entity.alwaysHasAnId();
    }

    @Override
    public <T> @Nullable Object[] insert(
            List<InsertSubject<T>> insertSubjects, Class<T> domainType, IdValueSource idValueSource) {
        if (insertSubjects.size() > 1) {
            Object[] ids = inserts.insert(insertSubjects, domainType, idValueSource);
            if (ids != null) {
                return ids;
            }
        }
        if (idValueSource == IdValueSource.GENERATED && insertSubjects.size() > 1) {
            OptionalLong first = batches.reserve(domainType, insertSubjects.size());
            if (first.isPresent()) {
                return batches.insert(
                        insertSubjects,
                        domainType,
                        first.getAsLong(),
                        numbered -> super.insert(numbered, domainType, IdValueSource.PROVIDED));
            }
        }
        return super.insert(insertSubjects, domainType, idValueSource);
    }

    @Override
    public Iterable<Object> findAllByPath(
            Identifier identifier, PersistentPropertyPath<? extends RelationalPersistentProperty> propertyPath) {
        AggregatePath path = converter.getMappingContext().getAggregatePath(propertyPath);
        ParentKey parent = ParentKey.of(identifier, converter);
        Children children = Children.current();
        List<RowDocument> rows = children == null ? null : children.of(path, parent);
        if (rows != null) {
            return entities(path, identifier, rows);
        }
        if (!loader.hasCollections(path.getRequiredLeafEntity().getType())) {
            return super.findAllByPath(identifier, propertyPath);
        }
        Children ofOne = loader.load(path, identifier);
        List<RowDocument> found = ofOne.of(path, parent);
        if (found == null) {
            return super.findAllByPath(identifier, propertyPath);
        }
        try {
            return ofOne.during(() -> entities(path, identifier, found));
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private List<Object> entities(AggregatePath path, Identifier parent, List<RowDocument> rows) {
        TypeInformation<?> type = path.getRequiredLeafEntity().getTypeInformation();
        List<Object> entities = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            RowDocument row = rows.get(i);
            Identifier identifier = ChildLoader.identifier(path, parent, row, i);
            Object entity = converter.readAndResolve(type, row, identifier);
            entities.add(path.isMap() ? new SimpleEntry<>(key(path, row), entity) : entity);
        }
        return entities;
    }

    private @Nullable Object key(AggregatePath path, RowDocument row) {
        Class<?> type = path.getRequiredLeafProperty().getQualifierColumnType();
        String column =
                path.getTableInfo().getRequiredQualifierColumnInfo().name().getReference();
        return converter.readValue(row.get(column), TypeInformation.of(type));
    }

    boolean hasCollections(Class<?> type) {
        return loader.hasCollections(type);
    }

    /** A mapper of this type's rows that reads the children of many rows at once, where there are any. */
    <T> RowMapper<T> batching(Class<?> type, RowMapper<T> mapper) {
        return loader.hasCollections(type) ? new BatchReadingRowMapper<>(loader, type, mapper) : mapper;
    }
}
