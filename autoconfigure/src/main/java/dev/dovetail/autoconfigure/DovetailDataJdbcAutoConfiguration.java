package dev.dovetail.autoconfigure;

import dev.dovetail.repository.EntityValidation;
import dev.dovetail.repository.PortableNamingStrategy;
import jakarta.validation.Validator;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.jdbc.core.JdbcOperations;

/** What Spring Data JDBC needs to work the same everywhere, where it is there. */
@AutoConfiguration(
        after = DovetailDataSourceAutoConfiguration.class,
        before = DataJdbcRepositoriesAutoConfiguration.class,
        afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass({NamingStrategy.class, DataJdbcRepositoriesAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "dovetail.enabled", matchIfMissing = true)
public final class DovetailDataJdbcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(NamingStrategy.class)
    PortableNamingStrategy portableNamingStrategy() {
        return new PortableNamingStrategy();
    }

    @Bean
    static GeneratedSqlPostProcessor generatedSqlPostProcessor() {
        return new GeneratedSqlPostProcessor();
    }

    // Spring Data would ask a connection, and when repositories are generated at build time there is none.
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(DatabaseOpening.class)
    JdbcDialect jdbcDialect(
            DovetailProperties properties,
            DataSourceProperties dataSource,
            ObjectProvider<JdbcConnectionDetails> details,
            ListableBeanFactory beans,
            Environment environment,
            ObjectProvider<JdbcOperations> operations) {
        return new DialectSelection(properties, dataSource, details, beans, environment).choose(operations);
    }

    /** What is saved is checked first, where there is something that can check it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Validator.class)
    static class ValidationConfiguration {

        @Bean
        @ConditionalOnSingleCandidate(Validator.class)
        @ConditionalOnMissingBean
        EntityValidation entityValidation(Validator validator) {
            return new EntityValidation(validator);
        }
    }
}
