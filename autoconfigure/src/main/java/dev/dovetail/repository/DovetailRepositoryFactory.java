package dev.dovetail.repository;

import dev.dovetail.schema.SchemaCatalog;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.repository.query.RowMapperFactory;
import org.springframework.data.jdbc.repository.support.BeanFactoryAwareRowMapperFactory;
import org.springframework.data.jdbc.repository.support.DefaultRowMapperFactory;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactory;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.ValueExpressionDelegate;

/** Spring Data JDBC's repositories, with keyset windows and soft delete. */
class DovetailRepositoryFactory extends JdbcRepositoryFactory {

    private final JdbcAggregateOperations operations;
    private final Nullability nullability;
    private final @Nullable BeanFactory beans;
    private QueryMappingConfiguration queryMapping = QueryMappingConfiguration.EMPTY;
    private final Supplier<@Nullable SchemaCatalog> catalog;

    DovetailRepositoryFactory(JdbcAggregateOperations operations, @Nullable BeanFactory beans) {
        super(operations);
        this.operations = operations;
        this.beans = beans;
        this.catalog = () -> beans == null
                ? null
                : beans.getBeanProvider(SchemaCatalog.class).getIfAvailable();
        this.nullability = Nullability.of(catalog);
    }

    @Override
    protected Class<?> getRepositoryBaseClass(RepositoryMetadata metadata) {
        return DovetailRepository.class;
    }

    @Override
    protected Object getTargetRepository(RepositoryInformation information) {
        if (!DovetailRepository.class.isAssignableFrom(information.getRepositoryBaseClass())) {
            return super.getTargetRepository(information);
        }
        return getTargetRepositoryViaReflection(
                information,
                operations,
                operations.getConverter().getMappingContext().getRequiredPersistentEntity(information.getDomainType()),
                operations.getConverter(),
                new KeysetOrders(operations.getConverter(), nullability));
    }

    @Override
    protected Optional<QueryLookupStrategy> getQueryLookupStrategy(
            QueryLookupStrategy.@Nullable Key key, ValueExpressionDelegate delegate) {
        return super.getQueryLookupStrategy(key, delegate)
                .map(stock -> new DovetailQueryLookup(
                        stock, operations, nullability, new DeclaredQueries(operations, catalog, mappers(), delegate)));
    }

    private RowMapperFactory mappers() {
        return beans == null
                ? new DefaultRowMapperFactory(operations, queryMapping)
                : new BeanFactoryAwareRowMapperFactory(beans, operations, queryMapping);
    }

    @Override
    public void setQueryMappingConfiguration(QueryMappingConfiguration configuration) {
        super.setQueryMappingConfiguration(configuration);
        this.queryMapping = configuration;
    }
}
