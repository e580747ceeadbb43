package dev.dovetail.repository;

import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.jdbc.repository.query.PartTreeJdbcQuery;
import org.springframework.data.jdbc.repository.query.RowMapperFactory;
import org.springframework.data.jdbc.repository.query.StringBasedJdbcQuery;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.parser.PartTree;

/** Finds a method's query as Spring Data does, and runs those itself that Spring Data cannot. */
final class DovetailQueryLookup implements QueryLookupStrategy {

    private final QueryLookupStrategy stock;
    private final JdbcAggregateOperations operations;
    private final Nullability nullability;
    private final RowMapperFactory mappers;
    private final DeclaredQueries declaredQueries;

    DovetailQueryLookup(
            QueryLookupStrategy stock,
            JdbcAggregateOperations operations,
            Nullability nullability,
            RowMapperFactory mappers,
            DeclaredQueries declaredQueries) {
        this.declaredQueries = declaredQueries;
        this.stock = stock;
        this.operations = operations;
        this.nullability = nullability;
        this.mappers = mappers;
    }

    @Override
    public RepositoryQuery resolveQuery(
            Method method, RepositoryMetadata metadata, ProjectionFactory factory, NamedQueries namedQueries) {
        RepositoryQuery query = stock.resolveQuery(method, metadata, factory, namedQueries);
        if (query instanceof StringBasedJdbcQuery declared
                && !query.getQueryMethod().isScrollQuery()) {
            return declaredQueries.inTermsOfJava(declared, metadata);
        }
        boolean derived = query instanceof PartTreeJdbcQuery;
        if (query.getQueryMethod().isScrollQuery()) {
            if (derived && query.getQueryMethod() instanceof JdbcQueryMethod scrolling) {
                return new WindowQuery(scrolling, operations, nullability);
            }
            throw new IllegalStateException(
                    "%s returns a Window, which needs a query that can be continued from any row. ".formatted(method)
                            + "Derive the query from the method's name, or use findBy(example, …), instead of writing SQL.");
        }
        if (derived
                && operations instanceof DovetailAggregateTemplate template
                && query.getQueryMethod() instanceof JdbcQueryMethod known) {
            SoftDeletion deletion = template.softly().of(metadata.getDomainType());
            if (deletion != null) {
                return softly(
                        template,
                        deletion,
                        known,
                        () -> new LivingQueryMethod(
                                method,
                                metadata,
                                factory,
                                namedQueries,
                                operations.getConverter().getMappingContext(),
                                deletion));
            }
            return derived(query, template, known);
        }
        return query;
    }

    private RepositoryQuery derived(RepositoryQuery stock, DovetailAggregateTemplate template, JdbcQueryMethod method) {
        Class<?> type = method.getResultProcessor().getReturnedType().getDomainType();
        PartTree tree = new PartTree(method.getName(), type);
        DirectAccess direct = template.direct();
        if (direct == null
                || !DerivedQuery.isPossible(method, tree)
                || !(template.getDataAccessStrategy().getJdbcOperations() instanceof AdaptedJdbcTemplate adapted)
                || !(mappers.create(type) instanceof CompiledRowMapper<Object> mapper)) {
            return stock;
        }
        StatementRecorder recorder = new StatementRecorder(adapted);
        RepositoryQuery recorded = new PartTreeJdbcQuery(
                template.getConverter().getMappingContext(),
                method,
                template.getDataAccessStrategy().getDialect(),
                template.getConverter(),
                recorder,
                mappers);
        return new DerivedQuery<>(method, tree, recorded, recorder, direct, mapper);
    }

    private RepositoryQuery softly(
            DovetailAggregateTemplate template,
            SoftDeletion deletion,
            JdbcQueryMethod method,
            Supplier<LivingQueryMethod> living) {
        PartTree tree = new PartTree(method.getName(), deletion.entity().getType());
        return tree.isDelete()
                ? new SoftDeleteQuery(
                        method,
                        tree,
                        deletion,
                        template.softly(),
                        template.getDataAccessStrategy().getDialect().getLikeEscaper())
                : new PartTreeJdbcQuery(living.get(), operations, mappers);
    }
}
