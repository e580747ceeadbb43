package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.repository.AdaptedJdbcTemplate;
import dev.dovetail.repository.ColumnAwareMappingContext;
import dev.dovetail.repository.DovetailAggregateTemplate;
import dev.dovetail.repository.DovetailDataAccessStrategy;
import dev.dovetail.repository.EntityValidation;
import dev.dovetail.repository.PortableNamingStrategy;
import dev.dovetail.repository.RepositoryFactoryReplacement;
import dev.dovetail.repository.RepositoryJdbcTemplate;
import dev.dovetail.repository.TextDecimals;
import dev.dovetail.schema.SchemaCatalog;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
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
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.jdbc.repository.config.JdbcConfiguration;
import org.springframework.data.relational.RelationalManagedTypes;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What Spring Data JDBC needs to work the same everywhere, where it is there. */
@AutoConfiguration(
        after = {DovetailDataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class},
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

    /** Entities as Spring Data JDBC has them, whose properties also follow the columns they are stored in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({SchemaCatalog.class, JdbcTemplate.class})
    static class ColumnAwareMapping {

        @Bean
        @ConditionalOnMissingBean
        JdbcMappingContext jdbcMappingContext(
                NamingStrategy namingStrategy, JdbcCustomConversions conversions, RelationalManagedTypes managedTypes) {
            JdbcMappingContext context = new ColumnAwareMappingContext(namingStrategy);
            context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
            context.setManagedTypes(managedTypes);
            return context;
        }

        // Spring Data knows the application's own converters only if it defines all conversions itself.
        @Bean
        @ConditionalOnMissingBean
        JdbcCustomConversions jdbcCustomConversions(JdbcDialect dialect, ListableBeanFactory beans) {
            List<Object> converters = new ArrayList<>();
            converters.addAll(
                    beans.getBeansWithAnnotation(ReadingConverter.class).values());
            converters.addAll(
                    beans.getBeansWithAnnotation(WritingConverter.class).values());
            return JdbcConfiguration.createCustomConversions(
                    dialect, converters.stream().distinct().toList());
        }

        @Bean
        @ConditionalOnMissingBean(DataAccessStrategy.class)
        DovetailDataAccessStrategy dataAccessStrategy(
                JdbcTemplate template,
                DatabaseEngine engine,
                SchemaCatalog catalog,
                JdbcConverter converter,
                JdbcDialect dialect,
                ObjectProvider<QueryMappingConfiguration> queryMapping) {
            return new DovetailDataAccessStrategy(
                    new AdaptedJdbcTemplate(
                            RepositoryJdbcTemplate.like(template, catalog),
                            engine,
                            NamedParameterJdbcTemplate.DEFAULT_CACHE_LIMIT,
                            new TextDecimals(catalog)::refuseOrder),
                    converter,
                    queryMapping.getIfAvailable(),
                    dialect,
                    engine);
        }

        @Bean
        @ConditionalOnMissingBean(JdbcAggregateOperations.class)
        @ConditionalOnBean(DovetailDataAccessStrategy.class)
        DovetailAggregateTemplate jdbcAggregateTemplate(
                ApplicationContext context,
                JdbcConverter converter,
                DovetailDataAccessStrategy access,
                ObjectProvider<Clock> clock) {
            return new DovetailAggregateTemplate(context, converter, access, clock.getIfUnique(Clock::systemUTC));
        }

        @Bean
        static ColumnAwareConverterPostProcessor columnAwareConverterPostProcessor(BeanFactory beans) {
            return new ColumnAwareConverterPostProcessor(beans);
        }
    }

    @Bean
    static RepositoryFactoryReplacement repositoryFactoryReplacement() {
        return new RepositoryFactoryReplacement();
    }

    @Bean
    static RepositoryRetries repositoryRetries(BeanFactory beans) {
        return new RepositoryRetries(beans);
    }

    // Defined after the retries, and so outside of them.
    @Bean
    static WatchedRepositories watchedRepositories(BeanFactory beans, Environment environment) {
        return new WatchedRepositories(beans, environment);
    }

    @Bean
    static CachedRepositories cachedRepositories(BeanFactory beans, Environment environment) {
        return new CachedRepositories(beans, environment);
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
