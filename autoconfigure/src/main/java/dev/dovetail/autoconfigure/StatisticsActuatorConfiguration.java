package dev.dovetail.autoconfigure;

import dev.dovetail.actuator.QueriesSection;
import dev.dovetail.actuator.StatementMetrics;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the statistics of the statements are seen from outside, where the libraries for it are there. */
@Configuration(proxyBeanMethods = false)
class StatisticsActuatorConfiguration {

    /** The endpoint's section. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    @ConditionalOnBean(StatementStatistics.class)
    static class Section {

        @Bean
        @ConditionalOnMissingBean
        QueriesSection queriesSection(StatementStatistics statistics) {
            return new QueriesSection(statistics);
        }
    }

    /** Meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean({MeterRegistry.class, EngineConnections.class})
    static class Meters {

        @Bean
        @ConditionalOnMissingBean
        StatementMetrics statementMetrics(DatabaseEngine engine) {
            return new StatementMetrics(engine);
        }

        // The registry may itself stand on the database, so it is only asked for when everything is there.
        @Bean
        SmartInitializingSingleton statementMetricsStart(
                StatementMetrics metrics, ObjectProvider<MeterRegistry> registry) {
            return () -> registry.ifUnique(metrics::startCounting);
        }

        @Bean
        @ConditionalOnBean(StatementStatistics.class)
        MeterBinder statementStatisticsMetrics(StatementStatistics statistics) {
            return StatementMetrics.ofStatistics(statistics);
        }
    }
}
