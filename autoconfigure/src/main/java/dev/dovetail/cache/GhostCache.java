package dev.dovetail.cache;

import dev.dovetail.datasource.TableStamp;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache without results, which shows how often there would have been one that is current. It is a real one, so it drops,
 * outdates and invalidates as that does.
 *
 * <p>While keys are few it follows all of them. For each time that they become too many, it follows half of them, chosen by their
 * hash, in a cache of half the size: the spatial sampling of SHARDS (Waldspurger and others, FAST 2015). Safe for use by several
 * threads.
 */
final class GhostCache {

    private final ResultCache cache;
    private final IntSupplier room;
    private final long ttl;
    private volatile int halvings;

    /** @param room how many keys may be followed at the moment */
    GhostCache(ResultCache cache, IntSupplier room) {
        this.cache = cache;
        this.room = room;
        this.ttl = cache.ttl().toNanos();
    }

    /** What stands for a key here. Arguments with equal hash codes are taken for the same, which is rare among so few keys. */
    static long hash(@Nullable Object[] arguments) {
        long hash = 0;
        for (Object argument : arguments) {
            hash = spread(hash + Objects.hashCode(argument));
        }
        return hash;
    }

    // The end of SplitMix64: each bit of the result depends on all bits of the value.
    private static long spread(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    boolean follows(long key) {
        return (key & ((1L << halvings) - 1)) == 0;
    }

    /** Whether there would be a result that is current; counted. */
    boolean wouldHit(long key) {
        return cache.look(key, ttl) != null;
    }

    /** Something was read that would be kept. */
    void keep(long key, TableStamp stamp) {
        CacheEntry entry = new CacheEntry(null, stamp, cache.now(), ttl);
        if (cache.rules().mayShare(entry) && cache.store(key, entry, cache.clearings()) && isTooLarge()) {
            halve();
        }
    }

    private boolean isTooLarge() {
        int most = room.getAsInt();
        return cache.count() > most && capacity() > most;
    }

    private long capacity() {
        return Math.max(1, cache.size().maximumSize() >> halvings);
    }

    private synchronized void halve() {
        if (isTooLarge()) {
            halvings++;
            cache.counts().halveLookups();
            cache.resize(capacity());
            cache.removeIf(key -> !follows((Long) key));
        }
    }

    /** How many keys are followed. */
    long count() {
        return cache.count();
    }

    LookupCounts counts() {
        return cache.counts();
    }
}
