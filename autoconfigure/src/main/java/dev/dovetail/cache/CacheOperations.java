package dev.dovetail.cache;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What there is in the caches of this process, and removing it. Changes of tables through the layer need none of this. Other
 * instances hear of {@link #invalidateTable} alone. Safe for use by several threads.
 */
public interface CacheOperations {

    /** The names of all caches. */
    Set<String> names();

    /**
     * What a cache has done. To ask changes nothing.
     *
     * @throws IllegalArgumentException if there is no such cache; it names those there are
     */
    CacheStatistics statistics(String cache);

    /** Whether calls are watched to give advice: {@code dovetail.cache.advice}. */
    boolean isAdvising();

    /**
     * What would be better cached, and what is better not; what saves most comes first. Empty while nothing was called often
     * enough, and if nobody watches. To ask changes nothing.
     */
    List<CacheAdvice> advice();

    /**
     * What was read from this table is not current any more, nor is what is just being read from it: it was changed where nobody
     * saw it. Other instances are told, as they are of any change, unless {@code dovetail.cache.coherence} is {@code none}.
     *
     * @param table with or without its schema
     */
    void invalidateTable(String table);

    /**
     * Removes what is kept under a key that was given to {@code database.query(…).key(…)} or to Spring's cache. If there is none,
     * removes what is kept under values that are written the same: {@code "7"} and {@code 7} stand for {@code 7L}, and also for
     * the arguments of repositories' methods.
     *
     * @throws IllegalArgumentException if there is no such cache, or if the key cannot be compared
     */
    void invalidate(String cache, Object... key);

    /**
     * Removes what is kept under matching keys. As texts they are {@code cache:method:argument,argument}, or {@code
     * cache:argument,argument} where there is no method.
     *
     * @param keys what is to be found in the text, anywhere
     * @return how many were removed
     */
    int invalidateMatching(Pattern keys);

    /**
     * Removes everything from one cache.
     *
     * @throws IllegalArgumentException if there is no such cache
     */
    void clear(String cache);

    /** Removes everything from all of them. */
    void clear();

    /** Those of a database whose results are not cached. */
    static CacheOperations none() {
        return NoCaches.INSTANCE;
    }
}
