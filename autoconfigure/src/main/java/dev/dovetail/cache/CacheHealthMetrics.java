package dev.dovetail.cache;

import dev.dovetail.monitoring.health.HealthMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of all caches together, for health: {@code cache}. */
public final class CacheHealthMetrics implements HealthMetrics {

    private final CacheOperations caches;

    public CacheHealthMetrics(CacheOperations caches) {
        this.caches = caches;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Map<String, Object> read() {
        long hits = 0;
        long misses = 0;
        long size = 0;
        for (String name : caches.names()) {
            CacheStatistics each = caches.statistics(name);
            hits += each.hits();
            misses += each.misses();
            size += each.size();
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("hits", hits);
        numbers.put("misses", misses);
        numbers.put("size", size);
        if (hits + misses > 0) {
            numbers.put("hitRate", (double) hits / (hits + misses));
        }
        return numbers;
    }
}
