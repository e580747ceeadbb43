package dev.dovetail.benchmarks.cached;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.dovetail.benchmarks.cached.cacheable.CacheableApplication;
import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.concurrent.atomic.AtomicLong;

/** Nothing between the caller and the cache, and nothing that would notice a change. Misses are not measured. */
final class CaffeineReads implements CachedReads {

    private final AtomicLong misses = new AtomicLong();
    private final LoadingCache<Long, UserRow> cache =
            Caffeine.newBuilder().maximumSize(CacheableApplication.MAXIMUM_SIZE).build(this::read);

    private UserRow read(Long id) {
        misses.incrementAndGet();
        return SampleUsers.stored(id);
    }

    @Override
    public UserRow byId(long id) {
        return cache.get(id);
    }

    @Override
    public long misses() {
        return misses.get();
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
