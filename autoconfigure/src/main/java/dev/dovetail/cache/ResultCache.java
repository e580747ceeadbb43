package dev.dovetail.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.datasource.TableReading;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The results of one name. An entry is found if it is young enough and nothing has changed that it was read from; it stays a while
 * longer for when the database does not answer. Safe for use by several threads.
 */
final class ResultCache {

    private final String name;
    private final Duration ttl;
    private final long maximumSize;
    private final long staleNanos;
    private final boolean enabled;
    private final RoughClock clock;
    private final CacheRules rules;
    private final Cache<Object, CacheEntry> entries;
    private final OccasionalWarning trouble = new OccasionalWarning();
    private final LookupCounts counts;
    private final LongAdder puts = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private volatile int clearings;

    ResultCache(String name, Size size, Duration staleTtl, boolean enabled, Ticker ticker, CacheRules rules) {
        this.name = name;
        this.ttl = size.ttl;
        this.maximumSize = size.maximumSize;
        this.staleNanos = staleTtl.toNanos();
        this.enabled = enabled;
        this.clock = new RoughClock(ticker);
        this.rules = rules;
        this.counts = new LookupCounts(clock.now());
        this.entries = Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .expireAfter(
                        Expiry.writing((Object key, CacheEntry entry) -> Duration.ofNanos(entry.ttl() + staleNanos)))
                .ticker(clock)
                .scheduler(clock.scheduler())
                .evictionListener((key, entry, cause) -> evictions.increment())
                .build();
    }

    /** How long and how many are kept. */
    record Size(Duration ttl, long maximumSize) {}

    String name() {
        return name;
    }

    Size size() {
        return new Size(ttl, maximumSize);
    }

    boolean isEnabled() {
        return enabled;
    }

    CacheRules rules() {
        return rules;
    }

    Duration ttl() {
        return ttl;
    }

    /**
     * What is kept, counted as hit or miss; null if it is not to be used.
     *
     * @param age how old it may be, in nanoseconds
     */
    @Nullable
    CacheEntry find(Object key, long age) {
        CacheEntry entry = look(key, age);
        if (entry != null) {
            used(entry);
        }
        return entry;
    }

    /** The same for who does not use it: nobody depends on it then. */
    @Nullable
    CacheEntry look(Object key, long age) {
        long now = clock.now();
        CacheEntry entry = present(key);
        boolean young = entry != null && entry.isYoungerThan(age, now);
        boolean found = entry != null && young && rules.isCurrent(entry);
        counts.lookedUp(found);
        if (entry != null && !found && !entry.isCurrentHere() && removeChanged(key, entry) && young) {
            invalidated(key);
        }
        return found ? entry : null;
    }

    // Nobody can use it any more, and it is counted once.
    private boolean removeChanged(Object key, CacheEntry entry) {
        try {
            return entries.asMap().remove(key, entry);
        } catch (RuntimeException e) {
            warn(e);
            return false;
        }
    }

    private void invalidated(Object key) {
        counts.invalidated();
        CachedMethod method = key instanceof CacheKey own ? own.method() : null;
        LookupCounts ofMethod = method == null ? null : method.counts();
        if (ofMethod != null) {
            ofMethod.invalidated();
        }
    }

    // Whoever is being watched depends on it too.
    private static void used(CacheEntry entry) {
        if (entry.stamp() != null && TableReading.isActive()) {
            TableReading.include(entry.stamp(), entry.storedAt());
        }
    }

    // A cache that fails is no reason for the application to fail.
    private @Nullable CacheEntry present(Object key) {
        try {
            return entries.getIfPresent(key);
        } catch (RuntimeException e) {
            warn(e);
            return null;
        }
    }

    /**
     * What was kept for when the database does not answer; null if there is nothing, or if it is known to have changed.
     *
     * @param age how old it might be if the database answered, in nanoseconds
     */
    @Nullable
    CacheEntry findStale(Object key, long age) {
        CacheEntry entry = staleNanos == 0 ? null : present(key);
        if (entry == null
                || entry.stamp() == null
                || !entry.isCurrentHere()
                || !entry.isYoungerThan(age, clock.now() - staleNanos)) {
            return null;
        }
        stale.increment();
        used(entry);
        return entry;
    }

    /** How often things were removed that are not known to have changed. To be asked before something is read. */
    int clearings() {
        return clearings;
    }

    /** Stores it, unless things were removed meanwhile that were read no later. */
    boolean store(Object key, CacheEntry entry, int clearingsBefore) {
        try {
            entries.put(key, entry);
            puts.increment();
            if (clearings == clearingsBefore) {
                return true;
            }
            entries.asMap().remove(key, entry);
        } catch (RuntimeException e) {
            warn(e);
        }
        return false;
    }

    /**
     * Stores it, unless there is one that is young and current.
     *
     * @param usable whether the caller may have what there is
     * @return what there is already; null if it was stored
     */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // Another one may be equal to it.
    CacheEntry storeIfAbsent(Object key, CacheEntry entry, Predicate<CacheEntry> usable) {
        CacheEntry kept = entries.asMap()
                .compute(key, (same, known) -> known != null && isThere(known) && usable.test(known) ? known : entry);
        if (kept != entry) {
            return kept;
        }
        puts.increment();
        return null;
    }

    private boolean isThere(CacheEntry entry) {
        return entry.isYoungerThan(ttl.toNanos(), clock.now()) && rules.isCurrent(entry);
    }

    void warn(RuntimeException cause) {
        trouble.log("Cache '%s' failed, and is not used for this call".formatted(name), cause);
    }

    LookupCounts counts() {
        return counts;
    }

    long now() {
        return clock.now();
    }

    /** How many there are. */
    long count() {
        // What is too much, or too old, goes on another thread, a moment later.
        clock.now();
        entries.cleanUp();
        return entries.estimatedSize();
    }

    /** Whether most of what it is given is dropped for want of room. */
    boolean isTooSmall() {
        return count() >= maximumSize * 9 / 10 && evictions.sum() > puts.sum() / 2;
    }

    /** Keeps no more than this from now on. */
    void resize(long most) {
        entries.policy().eviction().ifPresent(eviction -> eviction.setMaximum(most));
    }

    boolean remove(Object key) {
        cleared();
        return entries.asMap().remove(key) != null;
    }

    int removeIf(Predicate<Object> condition) {
        cleared();
        int removed = 0;
        for (Object key : entries.asMap().keySet()) {
            if (condition.test(key) && entries.asMap().remove(key) != null) {
                removed++;
            }
        }
        return removed;
    }

    void clear() {
        cleared();
        entries.invalidateAll();
    }

    private synchronized void cleared() {
        clearings++;
    }

    CacheStatistics statistics() {
        return new CacheStatistics(
                counts.hits(),
                counts.misses(),
                counts.loads(),
                counts.loadTime(),
                puts.sum(),
                count(),
                maximumSize,
                evictions.sum(),
                counts.invalidations(),
                stale.sum());
    }
}
