package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.repository.DovetailAggregateTemplate;
import dev.dovetail.repository.DovetailDataAccessStrategy;
import dev.dovetail.repository.RepositoryFactoryReplacement;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;

/** What Spring Data JDBC's repositories lack. */
@Configuration(proxyBeanMethods = false)
class RepositoriesConfiguration {

    @Bean
    static RepositoryFactoryReplacement repositoryFactoryReplacement() {
        return new RepositoryFactoryReplacement();
    }

    // The conditions under which Spring Boot would make a DataAccessStrategy.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({NamedParameterJdbcOperations.class, PlatformTransactionManager.class, DatabaseEngine.class})
    @ConditionalOnMissingBean(AbstractJdbcConfiguration.class)
    @ConditionalOnBooleanProperty(name = "spring.data.jdbc.repositories.enabled", matchIfMissing = true)
    static class Access {

        @Bean
        @ConditionalOnMissingBean(DataAccessStrategy.class)
        DovetailDataAccessStrategy dovetailDataAccessStrategy(
                NamedParameterJdbcOperations operations,
                JdbcConverter converter,
                JdbcDialect dialect,
                ObjectProvider<QueryMappingConfiguration> queryMapping,
                DatabaseEngine engine) {
            return new DovetailDataAccessStrategy(
                    operations, converter, queryMapping.getIfAvailable(), dialect, engine);
        }

        @Bean
        @ConditionalOnMissingBean(JdbcAggregateOperations.class)
        @ConditionalOnBean(DovetailDataAccessStrategy.class)
        DovetailAggregateTemplate dovetailAggregateTemplate(
                ApplicationContext context, JdbcConverter converter, DovetailDataAccessStrategy access) {
            return new DovetailAggregateTemplate(context, converter, access);
        }
    }
}
