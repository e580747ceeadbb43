package dev.dovetail.autoconfigure;

import dev.dovetail.actuator.ObservedTransactions;
import dev.dovetail.transaction.TransactionObserver;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Transactions are observed where that is wanted, as {@link WatchedRepositories} has it for calls of repositories. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("dovetail.monitoring.observations")
@ConditionalOnMissingBean(TransactionObserver.class)
class ObservationConfiguration {

    @Bean
    ObservedTransactions observedTransactions() {
        return new ObservedTransactions();
    }

    // Those who handle observations may themselves use the database: it is only asked for when everything is there.
    @Bean
    SmartInitializingSingleton observedTransactionsStart(
            ObservedTransactions transactions, ObjectProvider<ObservationRegistry> registry) {
        return () -> registry.ifUnique(transactions::startObserving);
    }
}
