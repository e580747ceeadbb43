package dev.dovetail.actuator;

import dev.dovetail.Database;
import dev.dovetail.cache.CacheAdvice;
import dev.dovetail.cache.CacheOperations;
import dev.dovetail.cache.CacheStatistics;
import dev.dovetail.cache.coherence.CacheCoherence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** What the caches have done, and what would be better cached. To read it changes nothing. */
public final class CacheSection implements EndpointSection {

    private final Database database;
    private final @Nullable CacheCoherence coherence;

    /** @param coherence null if nothing is cached */
    public CacheSection(Database database, @Nullable CacheCoherence coherence) {
        this.database = database;
        this.coherence = coherence;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public List<EndpointAction> actions() {
        return List.of(new EndpointAction("clear-cache", parameters -> clear(parameters.get("name"))));
    }

    @Override
    public Map<String, Object> show() {
        CacheOperations caches = database.caches();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put(
                "caches",
                caches.names().stream()
                        .map(name -> cache(name, caches.statistics(name)))
                        .toList());
        if (coherence != null) {
            section.put("coherence", coherence(coherence));
        }
        section.put("advising", caches.isAdvising());
        section.put("advice", caches.advice().stream().map(CacheSection::advice).toList());
        return section;
    }

    private static Map<String, Object> cache(String name, CacheStatistics statistics) {
        Map<String, Object> cache = new LinkedHashMap<>();
        cache.put("name", name);
        cache.put("size", statistics.size());
        cache.put("maximumSize", statistics.maximumSize());
        cache.put("hits", statistics.hits());
        cache.put("misses", statistics.misses());
        cache.put("hitRate", statistics.hitRate());
        cache.put("loads", statistics.loads());
        cache.put("meanLoadMillis", millis(statistics.meanLoadTime()));
        cache.put("evictions", statistics.evictions());
        cache.put("invalidations", statistics.invalidations());
        cache.put("stale", statistics.stale());
        return cache;
    }

    private static Map<String, Object> coherence(CacheCoherence coherence) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("mode", coherence.mode().name().toLowerCase(Locale.ROOT));
        described.put("needed", coherence.isNeeded());
        described.put("listening", coherence.isHeard());
        return described;
    }

    private static Map<String, Object> advice(CacheAdvice advice) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("method", advice.method());
        described.put("kind", advice.kind());
        described.put("text", advice.text());
        described.put("hitRate", advice.hitRate());
        described.put("callsPerHour", advice.callsPerHour());
        described.put("meanLoadMillis", millis(advice.meanLoadTime()));
        described.put("savedMillisPerHour", millis(advice.timeSavedPerHour()));
        described.put("meanRows", advice.meanRows());
        described.put("invalidationsPerHour", advice.invalidationsPerHour());
        return described;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    /**
     * Removes what is kept.
     *
     * @param name null for all caches
     * @return how many results there were, about, by the names of their caches
     */
    Map<String, Object> clear(@Nullable String name) {
        CacheOperations caches = database.caches();
        Set<String> known = caches.names();
        if (name != null && !known.contains(name)) {
            String problem = "There is no cache '%s'; there are %s".formatted(name, known);
            throw new InvalidEndpointRequestException(problem, problem);
        }
        Map<String, Long> cleared = new LinkedHashMap<>();
        for (String each : name == null ? known : List.of(name)) {
            cleared.put(each, caches.statistics(each).size());
            caches.clear(each);
        }
        return Map.of("cleared", cleared);
    }
}
