package dev.dovetail.autoconfigure;

import dev.dovetail.maintenance.retention.RetentionStep;
import dev.dovetail.maintenance.retention.RetentionSweeper;
import dev.dovetail.schema.SchemaCatalog;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long rows are kept. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(name = Engines.CHOSEN)
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionConfiguration {

    // Its tables must be there when it compares its rules with them.
    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    RetentionSweeper retentionSweeper(
            RetentionProperties properties, SchemaCatalog catalog, DataSource dataSource, ObjectProvider<Clock> clock) {
        RetentionSweeper sweeper = new RetentionSweeper(
                ValidatedSettings.of(properties::rules), catalog, dataSource, clock.getIfUnique(Clock::systemUTC));
        sweeper.validate();
        return sweeper;
    }

    @Bean
    RetentionStep retentionStep(ObjectProvider<RetentionSweeper> sweeper) {
        return new RetentionStep(sweeper::getObject);
    }

    // A rule that is wrong is to be met when the application starts, not in the night.
    @Bean
    static LazyInitializationExcludeFilter retentionSweeperIsNeverLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(RetentionSweeper.class);
    }
}
