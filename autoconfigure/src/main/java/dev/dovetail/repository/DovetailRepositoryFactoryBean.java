package dev.dovetail.repository;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactory;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;

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
    protected RepositoryFactorySupport doCreateRepositoryFactory() {
        if (operations == null) {
            // The user named a DataAccessStrategy or JdbcOperations for these repositories: they are the user's own
            // world.
            return super.doCreateRepositoryFactory();
        }
        JdbcRepositoryFactory factory = new DovetailRepositoryFactory(operations, beanFactory);
        factory.setQueryMappingConfiguration(queryMapping(beanFactory));
        factory.setBeanFactory(beanFactory);
        return factory;
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
