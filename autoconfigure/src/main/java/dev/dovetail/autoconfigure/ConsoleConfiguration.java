package dev.dovetail.autoconfigure;

import dev.dovetail.actuator.ConsoleEndpoint;
import dev.dovetail.actuator.HealthSection;
import dev.dovetail.actuator.HistorySection;
import dev.dovetail.actuator.MigrationSection;
import dev.dovetail.migration.MigrationHistory;
import dev.dovetail.monitoring.health.HealthHistory;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page, and those sections of the endpoint that it needs beside what others show. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
class ConsoleConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    ConsoleEndpoint dovetailConsoleEndpoint(ObjectProvider<PathMappedEndpoints> paths) {
        return new ConsoleEndpoint(paths::getIfUnique);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(HealthMonitor.class)
    HealthSection healthSection(HealthMonitor monitor) {
        return new HealthSection(monitor);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(HealthHistory.class)
    HistorySection historySection(
            ObjectProvider<StatementStatistics> statistics, HealthHistory history, ObjectProvider<Clock> clock) {
        return new HistorySection(statistics.getIfUnique(), history, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(MigrationHistory.class)
    MigrationSection migrationSection(MigrationHistory history) {
        return new MigrationSection(history);
    }
}
