package dev.dovetail.repository;

import java.lang.reflect.Method;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.jdbc.repository.query.PartTreeJdbcQuery;
import org.springframework.data.jdbc.repository.query.StringBasedJdbcQuery;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.RepositoryQuery;

/** Finds a method's query as Spring Data does, and runs those itself that Spring Data cannot. */
final class DovetailQueryLookup implements QueryLookupStrategy {

    private final QueryLookupStrategy stock;
    private final JdbcAggregateOperations operations;
    private final Nullability nullability;
    private final DeclaredQueries declaredQueries;

    DovetailQueryLookup(
            QueryLookupStrategy stock,
            JdbcAggregateOperations operations,
            Nullability nullability,
            DeclaredQueries declaredQueries) {
        this.stock = stock;
        this.declaredQueries = declaredQueries;
        this.operations = operations;
        this.nullability = nullability;
    }

    @Override
    public RepositoryQuery resolveQuery(
            Method method, RepositoryMetadata metadata, ProjectionFactory factory, NamedQueries namedQueries) {
        RepositoryQuery query = stock.resolveQuery(method, metadata, factory, namedQueries);
        if (query instanceof StringBasedJdbcQuery declared) {
            return declaredQueries.inTermsOfJava(declared, metadata);
        }
        if (!query.getQueryMethod().isScrollQuery()) {
            return query;
        }
        if (query instanceof PartTreeJdbcQuery && query.getQueryMethod() instanceof JdbcQueryMethod derived) {
            return new WindowQuery(derived, operations, nullability);
        }
        throw new IllegalStateException(
                "%s returns a Window, which needs a query that can be continued from any row. ".formatted(method)
                        + "Derive the query from the method's name, or use findBy(example, …), instead of writing SQL.");
    }
}
