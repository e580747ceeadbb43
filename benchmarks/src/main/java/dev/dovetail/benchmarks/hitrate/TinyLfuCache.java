package dev.dovetail.benchmarks.hitrate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Caffeine with a greatest size, as Dovetail has it. It drops in the thread that asks, so that nothing lags behind. */
final class TinyLfuCache implements BoundedCache {

    private final Cache<Long, Boolean> entries;

    TinyLfuCache(int capacity) {
        entries = Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean hit(long key) {
        if (entries.getIfPresent(key) != null) {
            return true;
        }
        entries.put(key, true);
        return false;
    }
}
