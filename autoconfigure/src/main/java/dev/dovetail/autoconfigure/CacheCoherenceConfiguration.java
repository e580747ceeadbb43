package dev.dovetail.autoconfigure;

import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.EngineConnections;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What lets caches hear of changes by other processes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({TableVersions.class, EngineConnections.class})
@ConditionalOnBooleanProperty(name = "dovetail.cache.enabled", matchIfMissing = true)
class CacheCoherenceConfiguration {

    // The data source may be wrapped by whatever else looks at data sources.
    @Bean
    @ConditionalOnMissingBean
    CacheCoherence cacheCoherence(
            DataSource dataSource,
            TableVersions versions,
            EngineConnections connections,
            DovetailProperties properties) {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        return own == null
                ? CacheCoherence.deaf(properties.cache().coherence(), versions)
                : CacheCoherence.of(
                        own,
                        connections,
                        properties.cache().coherence(),
                        properties.cache().signals());
    }
}
