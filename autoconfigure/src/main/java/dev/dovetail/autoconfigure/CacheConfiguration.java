package dev.dovetail.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.cache.CacheSettings;
import dev.dovetail.cache.CacheWarmer;
import dev.dovetail.cache.DovetailCacheManager;
import dev.dovetail.cache.HeldObjects;
import dev.dovetail.cache.PersistenceContexts;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableVersions;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.EntityManagerHolder;

/** Results that are kept, where the data source is ours: it sees what changes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Caffeine.class)
@ConditionalOnBean({TableVersions.class, DatabaseOpening.class})
@ConditionalOnBooleanProperty(name = "dovetail.cache.enabled", matchIfMissing = true)
class CacheConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CacheSettings cacheSettings(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.cache().settings());
    }

    @Bean
    @ConditionalOnMissingBean
    ResultCaches resultCaches(
            CacheSettings settings,
            TableVersions versions,
            DatabaseOpening opening,
            ObjectProvider<Ticker> ticker,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<HeldObjects> held) {
        return ResultCaches.of(
                settings,
                versions,
                ticker.getIfUnique(Ticker::systemTicker),
                opening.engine(),
                () -> {
                    DataSource own = dataSource.getIfAvailable();
                    return own == null ? null : RoutingDataSource.behind(own);
                },
                held.getIfAvailable(() -> () -> false));
    }

    @Bean
    CacheWarming cacheWarming(ObjectProvider<CacheWarmer> warmers) {
        return new CacheWarming(warmers);
    }

    /** What threads hold of what JPA has read for them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({EntityManagerHolder.class, Session.class})
    static class Jpas {

        @Bean
        PersistenceContexts persistenceContexts() {
            return new PersistenceContexts();
        }
    }

    /** The same caches for who asks for a cache manager by its name: others are to have the application's own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CacheManager.class)
    static class Springs {

        @Bean(defaultCandidate = false)
        @ConditionalOnMissingBean(name = "dovetailCacheManager")
        DovetailCacheManager dovetailCacheManager(ResultCaches caches) {
            return new DovetailCacheManager(caches);
        }
    }
}
