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
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFragment;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.ValueExpressionDelegate;

/** Spring Data JDBC's repositories, with keyset windows and soft delete. */
class DovetailRepositoryFactory extends JdbcRepositoryFactory {

    private final JdbcAggregateOperations operations;
    private final Nullability nullability;
    private final RowMapperFactory mappers;
    private final Supplier<@Nullable SchemaCatalog> catalog;

    DovetailRepositoryFactory(
            JdbcAggregateOperations operations, @Nullable BeanFactory beans, QueryMappingConfiguration queryMapping) {
        super(operations);
        this.operations = operations;
        this.mappers = beans == null
                ? new DefaultRowMapperFactory(operations, queryMapping)
                : new BeanFactoryAwareRowMapperFactory(beans, operations, queryMapping);
        setQueryMappingConfiguration(queryMapping);
        if (beans != null) {
            setBeanFactory(beans);
        }
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
                        stock,
                        operations,
                        nullability,
                        mappers,
                        new DeclaredQueries(operations, catalog, mappers, delegate)));
    }

    @Override
    protected RepositoryFragments getRepositoryFragments(RepositoryMetadata metadata) {
        RepositoryFragments fragments = super.getRepositoryFragments(metadata);
        Class<?> type = metadata.getDomainType();
        boolean asked = SoftDeleteRepository.class.isAssignableFrom(metadata.getRepositoryInterface());
        if (!(operations instanceof DovetailAggregateTemplate template)) {
            SoftDeletions.refuse(metadata);
            return fragments;
        }
        SoftDeletions deletions = template.living().deletions();
        deletions.check(type);
        SoftDeletion deletion = deletions.of(type);
        if (asked && deletion == null) {
            throw new IllegalStateException(
                    "%s extends SoftDeleteRepository, but %s does not have @SoftDelete. Add the one or leave out the other."
                            .formatted(metadata.getRepositoryInterface().getName(), type.getName()));
        }
        return deletion == null || !asked
                ? fragments
                : fragments.append(RepositoryFragment.implemented(
                        SoftDeleteRepository.class, new DeletedRows<>(type, deletion, template)));
    }
}
