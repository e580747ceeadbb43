package dev.dovetail.benchmarks.cached.cacheable;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dovetail.benchmarks.peer.Contexts;
import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's cache over Caffeine, with proxies of classes as Spring Boot makes them. Nothing in it ever gets too old. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableCaching(proxyTargetClass = true)
public class CacheableApplication {

    /** Dovetail's default, too. */
    public static final int MAXIMUM_SIZE = 1_000;

    static final String CACHE = "users";

    /** Starts it; its service is a {@link CacheableUsers}. */
    public static ConfigurableApplicationContext on(DatabaseUnderTest database) {
        return Contexts.start(
                CacheableApplication.class,
                DovetailSubject.LIBRARIES,
                DovetailSubject.properties(database),
                Contexts.AS_IT_COMES);
    }

    @Bean
    CacheManager cacheManager() {
        CaffeineCacheManager manager = new CaffeineCacheManager(CACHE);
        manager.setCaffeine(Caffeine.newBuilder().maximumSize(MAXIMUM_SIZE));
        return manager;
    }

    @Bean
    CacheableUsers cacheableUsers(StoredUsers users) {
        return new CacheableUsers(users);
    }
}
