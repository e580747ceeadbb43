package dev.dovetail.autoconfigure;

import dev.dovetail.coordination.Leases;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.transaction.BackgroundWork;
import dev.dovetail.transaction.Backlog;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxDelivery;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.OutboxSettings;
import dev.dovetail.transaction.PayloadFormat;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaRecovery;
import dev.dovetail.transaction.SagaRunner;
import dev.dovetail.transaction.SagaSettings;
import dev.dovetail.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

/** Sagas, the outbox, and what is done for them in the background. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(name = Engines.CHOSEN)
class SagaAndOutboxConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SagaAndOutboxConfiguration.class);

    private static JdbcTemplate template(DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        translator.ifUnique(jdbc::setExceptionTranslator);
        return jdbc;
    }

    // Of this data source for certain, as the application's may be a broker's.
    private static JdbcTransactionManager ownManager(
            DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        translator.ifUnique(manager::setExceptionTranslator);
        return manager;
    }

    // An application may be started on another database than its own, for example for tests.
    private static boolean hasClock(DatabaseEngine engine, String consequence) {
        try {
            engine.sql().currentMillis();
            return true;
        } catch (UnsupportedOperationException e) {
            log.warn("{}, because the clock of this database cannot be asked: {}", consequence, engine.name());
            return false;
        }
    }

    @Bean
    @ConditionalOnMissingBean
    SagaRunner sagaRunner(
            SagaSettings settings,
            Transactions transactions,
            DataSource dataSource,
            ObjectProvider<SQLExceptionTranslator> translator,
            DatabaseEngine engine,
            PayloadFormat format) {
        return new SagaRunner(
                transactions, template(dataSource, translator), engine.sql(), format, settings.ownership());
    }

    @Bean
    @SuppressWarnings("rawtypes")
    BackgroundWork sagaRecovery(
            SagaSettings settings, SagaRunner runner, DatabaseEngine engine, ObjectProvider<Saga> sagas) {
        return new BackgroundWork("dovetail-sagas", settings.recoveryInterval(), () -> {
            List<Saga<?>> known = sagas.stream().<Saga<?>>map(saga -> saga).toList();
            return known.isEmpty() || !hasClock(engine, "Abandoned sagas are not undone")
                    ? Optional.empty()
                    : Optional.of(new SagaRecovery(runner, known, settings.retention()));
        });
    }

    @Bean
    BackgroundWork outboxWorker(
            OutboxSettings settings,
            DataSource dataSource,
            ObjectProvider<SQLExceptionTranslator> translator,
            DatabaseEngine engine,
            Retries retries,
            ObjectProvider<OutboxHandler> handlers) {
        return new BackgroundWork("dovetail-outbox", settings.pollInterval(), () -> {
            List<OutboxHandler> known = handlers.orderedStream().toList();
            if (known.isEmpty() || !hasClock(engine, "Messages of the outbox are not delivered")) {
                return Optional.empty();
            }
            JdbcTemplate jdbc = template(dataSource, translator);
            JdbcTransactionManager manager = ownManager(dataSource, translator);
            String owner = UUID.randomUUID().toString();
            Leases leases = new Leases(jdbc, new TransactionTemplate(manager), engine.sql(), owner);
            return Optional.of(new OutboxDelivery(
                    jdbc, new Transactions(() -> manager, retries), engine.sql(), leases, known, settings));
        });
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(
            DataSource dataSource,
            ObjectProvider<SQLExceptionTranslator> translator,
            DatabaseEngine engine,
            PayloadFormat format,
            BackgroundWork outboxWorker) {
        return new Outbox(template(dataSource, translator), engine.sql(), format, outboxWorker::wake);
    }

    @Bean
    @ConditionalOnMissingBean
    Backlog backlog(DataSource dataSource, ObjectProvider<SQLExceptionTranslator> translator, DatabaseEngine engine) {
        return new Backlog(template(dataSource, translator), engine.sql());
    }
}
