package dev.dovetail.autoconfigure;

import dev.dovetail.datasource.ConnectionGuard;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.transaction.CircuitSettings;
import dev.dovetail.transaction.DatabaseCircuit;
import dev.dovetail.transaction.JacksonPayloadFormat;
import dev.dovetail.transaction.OutboxSettings;
import dev.dovetail.transaction.PayloadFormat;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.RetryListener;
import dev.dovetail.transaction.RetrySettings;
import dev.dovetail.transaction.SagaSettings;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.transaction.TransactionListener;
import dev.dovetail.transaction.TransactionObserver;
import dev.dovetail.transaction.Transactions;
import dev.dovetail.transaction.UnitsOfWork;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.resilience.annotation.ConcurrencyLimitBeanPostProcessor;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Transactions that are run again, undone and followed by messages. */
@Configuration(proxyBeanMethods = false)
@Import(SagaAndOutboxConfiguration.class)
class TransactionConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RetrySettings retrySettings(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.transaction().retries());
    }

    @Bean
    @ConditionalOnMissingBean
    SagaSettings sagaSettings(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.saga().settings());
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxSettings outboxSettings(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.outbox().settings());
    }

    // It hears statements, so it is there before the data source.
    @Bean
    @ConditionalOnMissingBean
    TransactionJournal transactionJournal(
            DovetailProperties properties,
            ObjectProvider<Clock> clock,
            ObjectProvider<DatabaseEngine> engine,
            ObjectProvider<TransactionListener> listeners,
            ObjectProvider<TransactionObserver> observer) {
        return ValidatedSettings.of(() -> new TransactionJournal(
                clock.getIfUnique(Clock::systemUTC),
                properties.transaction().slowThreshold(),
                error -> Optional.ofNullable(engine.getIfUnique())
                        .flatMap(known -> new DatabaseExceptionTranslator(known).describe(error)),
                listeners.orderedStream().toList(),
                observer.getIfUnique(() -> TransactionObserver.NONE)));
    }

    /** What needs to know the engine. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(name = Engines.CHOSEN)
    static class OnDatabase {

        @Bean
        @ConditionalOnMissingBean
        Retries retries(RetrySettings settings, DatabaseEngine engine, ObjectProvider<RetryListener> listeners) {
            List<RetryListener> all = listeners.orderedStream().toList();
            return Retries.of(engine, settings, (name, error) -> all.forEach(each -> each.onRetry(name, error)));
        }

        @Bean
        @ConditionalOnMissingBean
        Transactions transactions(ChosenTransactionManager manager, Retries retries) {
            return new Transactions(manager, retries);
        }

        @Bean
        ChosenTransactionManager chosenTransactionManager(
                ObjectProvider<PlatformTransactionManager> managers,
                DataSource dataSource,
                ObjectProvider<TransactionManagerCustomizer<?>> customizers) {
            return new ChosenTransactionManager(managers, dataSource, customizers);
        }
    }

    /** Payloads as JSON. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    static class Json {

        @Bean
        @ConditionalOnMissingBean
        PayloadFormat payloadFormat(ObjectProvider<JsonMapper> mapper) {
            return new JacksonPayloadFormat(
                    mapper.getIfUnique(() -> JsonMapper.builder().build()));
        }
    }

    /** Payloads as texts. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("tools.jackson.databind.json.JsonMapper")
    static class Text {

        @Bean
        @ConditionalOnMissingBean
        PayloadFormat payloadFormat() {
            return PayloadFormat.TEXT;
        }
    }

    /** Refusing while the database does not answer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CircuitBreaker.class)
    @ConditionalOnBooleanProperty(name = "dovetail.circuit-breaker.enabled", matchIfMissing = true)
    static class Circuit {

        @Bean
        @ConditionalOnMissingBean
        CircuitSettings circuitSettings(DovetailProperties properties) {
            return ValidatedSettings.of(() -> properties.circuitBreaker().settings());
        }

        @Bean
        @ConditionalOnMissingBean(ConnectionGuard.class)
        @ConditionalOnBean(DatabaseOpening.class)
        DatabaseCircuit databaseCircuit(
                CircuitSettings settings, DatabaseOpening opening, ObjectProvider<Clock> clock) {
            return new DatabaseCircuit(opening.engine(), settings, clock.getIfUnique(Clock::systemUTC));
        }
    }

    /**
     * {@code @Retryable} and {@code @ConcurrencyLimit} of Spring Framework, which Spring Boot does not switch on by itself; both work
     * outside of {@code @Transactional}, so that each try is a transaction of its own.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnableResilientMethods.class)
    @ConditionalOnMissingBean({RetryAnnotationBeanPostProcessor.class, ConcurrencyLimitBeanPostProcessor.class})
    @EnableResilientMethods
    static class ResilientMethods {}

    /** Units of work that store entities. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcAggregateOperations.class)
    static class Entities {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(name = Engines.CHOSEN)
        UnitsOfWork unitsOfWork(
                ObjectProvider<JdbcAggregateOperations> operations,
                SchemaCatalog catalog,
                ChosenTransactionManager manager) {
            return UnitsOfWork.storing(SingletonSupplier.of(operations::getIfUnique), catalog, manager);
        }
    }

    /** Units of work without entities. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.data.jdbc.core.JdbcAggregateOperations")
    static class NoEntities {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(name = Engines.CHOSEN)
        UnitsOfWork unitsOfWork(ChosenTransactionManager manager) {
            return UnitsOfWork.withoutEntities(manager);
        }
    }
}
