package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.repository.AdaptedJdbcTemplate;
import dev.dovetail.repository.DovetailDataAccessStrategy;
import dev.dovetail.repository.RepositoryFactoryReplacement;
import dev.dovetail.repository.RepositoryJdbcTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.JdbcConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
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
            DataAccessStrategy stock = JdbcConfiguration.createDataAccessStrategy(
                    unshifted(operations, engine), converter, queryMapping.getIfAvailable(), dialect);
            return new DovetailDataAccessStrategy(stock, converter, engine);
        }

        // What the application's own template returns stays as JDBC has it.
        private static NamedParameterJdbcOperations unshifted(
                NamedParameterJdbcOperations operations, DatabaseEngine engine) {
            if (operations.getClass() != AdaptedJdbcTemplate.class
                    || !(operations.getJdbcOperations() instanceof JdbcTemplate template)) {
                return operations;
            }
            return new AdaptedJdbcTemplate(
                    RepositoryJdbcTemplate.like(template, engine),
                    engine,
                    ((AdaptedJdbcTemplate) operations).getCacheLimit());
        }
    }
}
