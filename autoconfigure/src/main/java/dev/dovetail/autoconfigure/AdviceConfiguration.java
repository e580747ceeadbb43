package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.monitoring.advice.AdviceLimits;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.advice.ObservedStatement;
import dev.dovetail.monitoring.advice.ObservedStatements;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The advisor, which does nothing until it is asked. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(name = Engines.CHOSEN)
@ConditionalOnBooleanProperty(name = "dovetail.monitoring.enabled", matchIfMissing = true)
class AdviceConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AdviceLimits adviceLimits() {
        return AdviceLimits.DEFAULTS;
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(StatementStatistics.class)
    ObservedStatements observedStatements(StatementStatistics statistics) {
        return () -> statistics.statements().stream()
                .map(each -> new ObservedStatement(each.text(), each.count(), each.totalNanos(), each.meanNanos()))
                .toList();
    }

    @Bean
    @ConditionalOnMissingBean
    Advisor advisor(
            DatabaseEngine engine,
            DataSource dataSource,
            ObjectProvider<ObservedStatements> statements,
            AdviceLimits limits,
            ObjectProvider<Clock> clock) {
        return new Advisor(
                engine,
                dataSource,
                statements.getIfUnique(() -> ObservedStatements.NONE),
                limits,
                clock.getIfUnique(Clock::systemUTC));
    }
}
