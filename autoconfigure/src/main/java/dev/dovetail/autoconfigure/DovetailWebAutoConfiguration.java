package dev.dovetail.autoconfigure;

import dev.dovetail.Database;
import dev.dovetail.web.AggregateErrorAdvice;
import dev.dovetail.web.DatabaseErrorAdvice;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.relational.core.conversion.DbActionExecutionException;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of the database over HTTP. */
@AutoConfiguration(after = DovetailDataSourceAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(RestControllerAdvice.class)
@ConditionalOnBean(Database.class)
public final class DovetailWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "dovetail.web.errors", matchIfMissing = true)
    DatabaseErrorAdvice databaseErrorAdvice(Database database, DovetailProperties properties) {
        return new DatabaseErrorAdvice(database, properties.web().errorFormat());
    }

    /** Spring Data has exceptions of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DbActionExecutionException.class)
    static class SpringData {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(DatabaseErrorAdvice.class)
        AggregateErrorAdvice aggregateErrorAdvice(DatabaseErrorAdvice errors) {
            return new AggregateErrorAdvice(errors);
        }
    }
}
