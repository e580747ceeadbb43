package dev.dovetail.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long and how much is kept, and whether calls are watched to say what would be worth keeping.
 *
 * @param ttl how long at the longest, where nothing else is said
 * @param maximumSize how many results in each cache, where nothing else is said
 * @param staleTtl how much longer for when the database does not answer; zero for not at all
 * @param advice whether calls are watched
 * @param caches what is said of single caches, which has the last word
 */
public record CacheSettings(
        Duration ttl, long maximumSize, Duration staleTtl, boolean advice, Map<String, Own> caches) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Of one cache.
     *
     * @param ttl null for what is said elsewhere
     * @param maximumSize null for what is said elsewhere
     * @param enabled whether anything is kept
     */
    public record Own(@Nullable Duration ttl, @Nullable Long maximumSize, boolean enabled) {

        static final Own NOTHING = new Own(null, null, true);
    }

    /** @throws IllegalArgumentException if a value makes no sense; it names the property */
    public CacheSettings {
        checkTtl("dovetail.cache.ttl", ttl);
        checkSize("dovetail.cache.maximum-size", maximumSize);
        if (staleTtl.isNegative() || staleTtl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("dovetail.cache.stale-ttl must be from 0 to 365d");
        }
        caches = Map.copyOf(caches);
        caches.forEach(CacheSettings::check);
    }

    private static void check(String name, Own own) {
        if (own.ttl != null) {
            checkTtl("dovetail.cache.caches." + name + ".ttl", own.ttl);
        }
        if (own.maximumSize != null) {
            checkSize("dovetail.cache.caches." + name + ".maximum-size", own.maximumSize);
        }
    }

    /** @throws IllegalArgumentException if nothing can be kept for this long; it begins with the name */
    public static void checkTtl(String name, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be longer than 0, and 365d at the longest");
        }
    }

    /** @throws IllegalArgumentException if nothing can be kept; it begins with the name */
    static void checkSize(String name, long size) {
        if (size < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more");
        }
    }

    Own of(String cache) {
        return caches.getOrDefault(cache, Own.NOTHING);
    }
}
