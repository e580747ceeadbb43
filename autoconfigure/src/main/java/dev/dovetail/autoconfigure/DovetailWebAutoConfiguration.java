package dev.dovetail.autoconfigure;

import dev.dovetail.Database;
import dev.dovetail.transaction.TransactionContext;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.web.DatabaseErrorAdvice;
import dev.dovetail.web.InvalidEntityAdvice;
import jakarta.validation.ConstraintViolationException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of the database over HTTP. The properties are there even if the database is the application's own. */
@AutoConfiguration(after = DovetailDataSourceAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(RestControllerAdvice.class)
@ConditionalOnBean(Database.class)
@ConditionalOnBooleanProperty(name = "dovetail.web.errors", matchIfMissing = true)
@EnableConfigurationProperties(DovetailProperties.class)
public final class DovetailWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DatabaseErrorAdvice databaseErrorAdvice(
            Database database, DovetailProperties properties, ObjectProvider<TransactionJournal> journal) {
        return new DatabaseErrorAdvice(
                database,
                properties.web().errorFormat(),
                error ->
                        Optional.ofNullable(journal.getIfUnique()).<TransactionContext>flatMap(each -> each.of(error)));
    }

    /** Entities are validated. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConstraintViolationException.class)
    static class Validation {

        @Bean
        @ConditionalOnMissingBean
        InvalidEntityAdvice invalidEntityAdvice(DovetailProperties properties) {
            return new InvalidEntityAdvice(properties.web().errorFormat());
        }
    }
}
