package dev.dovetail.autoconfigure;

import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.EngineConnections;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What lets caches hear of changes by other processes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({RoutingDataSource.class, EngineConnections.class})
@ConditionalOnBooleanProperty(name = "dovetail.cache.enabled", matchIfMissing = true)
class CacheCoherenceConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CacheCoherence cacheCoherence(
            RoutingDataSource dataSource, EngineConnections connections, DovetailProperties properties) {
        return CacheCoherence.of(
                dataSource,
                connections,
                properties.cache().coherence(),
                properties.cache().signals());
    }
}
