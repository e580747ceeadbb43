package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.monitoring.statistics.CurrentUnit;
import dev.dovetail.monitoring.statistics.SlowQueryPlans;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.monitoring.statistics.StatisticsSettings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;

/** Statistics of the statements, where the data source is ours: it sees all of them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(DatabaseOpening.class)
@ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
class StatisticsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StatisticsSettings statisticsSettings(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.monitoring().statistics(properties.slowQueryThreshold()));
    }

    // It hears statements, so it is there before the data source.
    @Bean
    @ConditionalOnMissingBean
    StatementStatistics statementStatistics(
            StatisticsSettings settings,
            DatabaseEngine engine,
            ObjectProvider<Clock> clock,
            ObjectProvider<CurrentUnit> units) {
        return new StatementStatistics(
                settings,
                engine::classify,
                clock.getIfUnique(Clock::systemUTC),
                units.getIfUnique(() -> CurrentUnit.NONE));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "dovetail.monitoring.explain-slow-queries", matchIfMissing = true)
    SlowQueryPlans slowQueryPlans(DatabaseEngine engine, DataSource dataSource, StatementStatistics statistics) {
        SlowQueryPlans plans = new SlowQueryPlans(engine, dataSource);
        statistics.explainBy(plans);
        return plans;
    }

    /** Outside of transactions a unit of work is a request. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RequestContextHolder.class)
    static class Requests {

        @Bean
        @ConditionalOnMissingBean
        CurrentUnit currentRequest() {
            return RequestContextHolder::getRequestAttributes;
        }
    }
}
