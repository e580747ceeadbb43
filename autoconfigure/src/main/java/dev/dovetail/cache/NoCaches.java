package dev.dovetail.cache;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where nothing is kept. */
enum NoCaches implements CacheOperations {
    INSTANCE;

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public CacheStatistics statistics(String cache) {
        throw unknown(cache);
    }

    private static IllegalArgumentException unknown(String cache) {
        return new IllegalArgumentException("There is no cache '%s': nothing is cached here".formatted(cache));
    }

    @Override
    public boolean isAdvising() {
        return false;
    }

    @Override
    public List<CacheAdvice> advice() {
        return List.of();
    }

    @Override
    public void invalidateTable(String table) {}

    @Override
    public void invalidate(String cache, Object... key) {
        throw unknown(cache);
    }

    @Override
    public int invalidateMatching(Pattern keys) {
        return 0;
    }

    @Override
    public void clear(String cache) {
        throw unknown(cache);
    }

    @Override
    public void clear() {}
}
