package dev.dovetail.repository;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.repository.aot.AotRepositoryFragmentSupport;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.core.support.RepositoryFragment;
import org.springframework.data.repository.core.support.RepositoryFragmentsContributor;
import org.springframework.data.repository.util.TxUtils;

/**
 * Makes one repository with a {@link DovetailRepositoryFactory}.
 *
 * @param <T> the repository's interface
 * @param <S> the entity
 * @param <ID> the entity's id
 */
public class DovetailRepositoryFactoryBean<T extends Repository<S, ID>, S, ID extends Serializable>
        extends JdbcRepositoryFactoryBean<T, S, ID> {

    private @Nullable JdbcAggregateOperations operations;
    private @Nullable QueryMappingConfiguration queryMapping;
    private @Nullable BeanFactory beanFactory;
    private String transactionManager = TxUtils.DEFAULT_TRANSACTION_MANAGER;

    public DovetailRepositoryFactoryBean(Class<? extends T> repositoryInterface) {
        super(repositoryInterface);
    }

    @Override
    public void setJdbcAggregateOperations(JdbcAggregateOperations jdbcAggregateOperations) {
        super.setJdbcAggregateOperations(jdbcAggregateOperations);
        this.operations = jdbcAggregateOperations;
    }

    @Override
    public void setQueryMappingConfiguration(QueryMappingConfiguration queryMappingConfiguration) {
        super.setQueryMappingConfiguration(queryMappingConfiguration);
        this.queryMapping = queryMappingConfiguration;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        this.beanFactory = beanFactory;
    }

    @Override
    public void setTransactionManager(String transactionManager) {
        super.setTransactionManager(transactionManager);
        this.transactionManager = transactionManager;
    }

    @Override
    public void afterPropertiesSet() {
        // A customizer comes after Spring Data's own advice has been decided on.
        addRepositoryFactoryCustomizer(factory -> factory.addRepositoryProxyPostProcessor((proxy, repository) -> {
            if (operations instanceof DovetailAggregateTemplate template && beanFactory != null) {
                SingleStatementCalls.replaceTransactions(
                        proxy, repository, template, new PlainTransactions(beanFactory, transactionManager));
            }
        }));
        super.afterPropertiesSet();
    }

    @Override
    protected RepositoryFactorySupport doCreateRepositoryFactory() {
        if (operations == null) {
            // The user named a DataAccessStrategy or JdbcOperations for these repositories: they are the user's own
            // world.
            RepositoryFactorySupport stock = super.doCreateRepositoryFactory();
            stock.addRepositoryProxyPostProcessor((proxy, repository) -> SoftDeletions.refuse(repository));
            return stock;
        }
        return new DovetailRepositoryFactory(operations, beanFactory, queryMapping(beanFactory));
    }

    // What was generated ahead of time has its SQL in it, by which rows are found and removed that are deleted softly.
    @Override
    public void setRepositoryFragmentsFunction(RepositoryFragmentsFunction fragmentsFunction) {
        super.setRepositoryFragmentsFunction((beans, context) -> {
            RepositoryFragments fragments = fragmentsFunction.getRepositoryFragments(beans, context);
            return SoftDeletions.isOn(context.getRepositoryMetadata())
                    ? RepositoryFragments.from(fragments.stream()
                            .filter(fragment -> !isGenerated(fragment))
                            .toList())
                    : fragments;
        });
    }

    private static boolean isGenerated(RepositoryFragment<?> fragment) {
        return fragment.getImplementationClass()
                .filter(AotRepositoryFragmentSupport.class::isAssignableFrom)
                .isPresent();
    }

    @Override
    public RepositoryFragmentsContributor getRepositoryFragmentsContributor() {
        RepositoryFragmentsContributor others = super.getRepositoryFragmentsContributor();
        return metadata -> {
            RepositoryFragments described = others.describe(metadata);
            return SoftDeleteRepository.class.isAssignableFrom(metadata.getRepositoryInterface())
                    ? described.append(RepositoryFragment.structural(SoftDeleteRepository.class, DeletedRows.class))
                    : described;
        };
    }

    private QueryMappingConfiguration queryMapping(@Nullable BeanFactory beans) {
        if (queryMapping != null) {
            return queryMapping;
        }
        return beans == null
                ? QueryMappingConfiguration.EMPTY
                : beans.getBeanProvider(QueryMappingConfiguration.class)
                        .getIfAvailable(() -> QueryMappingConfiguration.EMPTY);
    }
}
