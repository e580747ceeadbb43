package dev.dovetail.benchmarks.cached;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's cache over Caffeine, with proxies of classes as Spring Boot makes them. */
@Configuration(proxyBeanMethods = false)
@EnableCaching(proxyTargetClass = true)
class CacheConfiguration {

    static final String CACHE = "users";
    static final int MAXIMUM_SIZE = 1_000;

    @Bean
    CacheManager cacheManager() {
        CaffeineCacheManager manager = new CaffeineCacheManager(CACHE);
        manager.setCaffeine(Caffeine.newBuilder().maximumSize(MAXIMUM_SIZE));
        return manager;
    }

    @Bean
    CachedUsers cachedUsers() {
        return new CachedUsers();
    }
}
