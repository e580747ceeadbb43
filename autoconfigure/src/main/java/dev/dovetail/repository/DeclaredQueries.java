package dev.dovetail.repository;

import dev.dovetail.schema.SchemaCatalog;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.jdbc.repository.query.RowMapperFactory;
import org.springframework.data.jdbc.repository.query.StringBasedJdbcQuery;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.relational.repository.support.RelationalQueryLookupStrategy;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;

/**
 * Queries whose SQL is written by hand ({@code @Query}): their numbers are in the terms of Java, also where a column's lie
 * scaled in the database.
 */
final class DeclaredQueries extends RelationalQueryLookupStrategy {

    private final JdbcAggregateOperations operations;
    private final Supplier<@Nullable SchemaCatalog> catalog;
    private final RowMapperFactory mappers;
    private final ValueExpressionDelegate delegate;

    DeclaredQueries(
            JdbcAggregateOperations operations,
            Supplier<@Nullable SchemaCatalog> catalog,
            RowMapperFactory mappers,
            ValueExpressionDelegate delegate) {
        super(
                operations.getConverter().getMappingContext(),
                operations.getDataAccessStrategy().getDialect());
        this.operations = operations;
        this.catalog = catalog;
        this.mappers = mappers;
        this.delegate = delegate;
    }

    /** The query as Spring Data found it, in the terms of Java if the converter knows columns. */
    RepositoryQuery inTermsOfJava(StringBasedJdbcQuery found, RepositoryMetadata metadata) {
        SchemaCatalog known = catalog.get();
        if (known == null || !(operations.getConverter() instanceof ColumnAwareJdbcConverter converter)) {
            return found;
        }
        JdbcQueryMethod method = found.getQueryMethod();
        String sql = evaluateTableExpressions(metadata, method.getRequiredQuery());
        ScaledDecimals decimals = new ScaledDecimals(known);
        return new StringBasedJdbcQuery(
                sql,
                method,
                new DeclaredSqlTemplate(
                        operations.getDataAccessStrategy().getJdbcOperations().getJdbcOperations(),
                        known.engine(),
                        decimals),
                new DeclaredRowMappers(mappers, converter, decimals, metadata.getDomainType(), sql),
                converter,
                delegate);
    }

    @Override
    public RepositoryQuery resolveQuery(
            Method method, RepositoryMetadata metadata, ProjectionFactory factory, NamedQueries namedQueries) {
        JdbcQueryMethod declared = new JdbcQueryMethod(method, metadata, factory, namedQueries, getMappingContext());
        String sql = evaluateTableExpressions(metadata, declared.getRequiredQuery());
        return inTermsOfJava(new StringBasedJdbcQuery(sql, declared, operations, mappers, delegate), metadata);
    }
}
