package dev.dovetail.cache;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * The caches as Spring knows caches. What is put by hand stays until its time is over: it depends on no table. Safe for use by
 * several threads.
 */
public final class DovetailCacheManager implements CacheManager {

    private final ResultCaches caches;

    public DovetailCacheManager(ResultCaches caches) {
        this.caches = caches;
    }

    @Override
    public @Nullable Cache getCache(String name) {
        ResultCache cache = caches.find(name);
        return cache == null ? null : new SpringCache(cache, caches.loading());
    }

    @Override
    public Collection<String> getCacheNames() {
        return caches.names();
    }
}
