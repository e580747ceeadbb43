package dev.dovetail.cache;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import dev.dovetail.datasource.TableVersions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is not kept. Of those who want the same at the same time one reads, and the others take it if it is current still
 * when they get it: so it is no older than what they would have read. Safe for use by several threads.
 */
final class Loading {

    private final TableVersions versions;
    private final Predicate<Throwable> outage;
    private final Map<Flown, Flight> flights = new ConcurrentHashMap<>();

    /**
     * What is being read.
     *
     * @param clearings those who come after a removal do not wait for what was read before it
     */
    private record Flown(ResultCache cache, Object key, int clearings) {}

    /** @param outage whether a failure says that the database does not answer */
    Loading(TableVersions versions, Predicate<Throwable> outage) {
        this.versions = versions;
        this.outage = outage;
    }

    /** Reads, or takes what another thread is just reading, or what is old if the database does not answer. */
    QueryResult<@Nullable Object> load(ResultCache cache, Object key, long ttl, Load load) throws Throwable {
        try {
            return cache.rules().mayWait() ? together(cache, key, ttl, load) : alone(cache, key, ttl, load);
        } catch (Throwable e) {
            CacheEntry old = outage.test(e) ? cache.findStale(key, ttl) : null;
            if (old == null) {
                throw e;
            }
            return QueryResult.of(old.value(), Origin.STALE);
        }
    }

    private QueryResult<@Nullable Object> together(ResultCache cache, Object key, long ttl, Load load)
            throws Throwable {
        Flown flown = new Flown(cache, key, cache.clearings());
        Flight mine = new Flight();
        Flight others = begin(flown, mine);
        if (others != null) {
            CacheEntry entry = others.await();
            return entry != null && cache.rules().mayShare(entry)
                    ? QueryResult.of(entry.value(), Origin.CACHE)
                    : alone(cache, key, ttl, load);
        }
        CacheEntry stored = null;
        try {
            Read read = read(cache, key, flown.clearings, ttl, load);
            stored = read.stored;
            return QueryResult.of(read.value, Origin.DATABASE);
        } finally {
            end(flown, mine, stored);
        }
    }

    // What is equal to what, arguments of the caller decide, and they may fail.
    private @Nullable Flight begin(Flown flown, Flight mine) {
        try {
            return flights.putIfAbsent(flown, mine);
        } catch (RuntimeException e) {
            flown.cache.warn(e);
            return null;
        }
    }

    private void end(Flown flown, Flight mine, @Nullable CacheEntry stored) {
        try {
            flights.remove(flown, mine);
        } catch (RuntimeException e) {
            flown.cache.warn(e);
        } finally {
            mine.land(stored);
        }
    }

    private QueryResult<@Nullable Object> alone(ResultCache cache, Object key, long ttl, Load load) throws Throwable {
        return QueryResult.of(read(cache, key, cache.clearings(), ttl, load).value, Origin.DATABASE);
    }

    /**
     * What was read.
     *
     * @param stored null if it is not kept
     * @param rows how many, about; what is not kept is not looked at, as it may read more when it is
     */
    private record Read(@Nullable Object value, @Nullable CacheEntry stored, long rows) {

        static Read only(@Nullable Object value) {
            return new Read(value, null, 1);
        }
    }

    private Read read(ResultCache cache, Object key, int clearings, long ttl, Load load) throws Throwable {
        Object value;
        TableStamp stamp;
        long since;
        long began = System.nanoTime();
        long read;
        try (TableReading reading = TableReading.of(versions)) {
            value = load.read();
            read = System.nanoTime();
            stamp = load.stamp(reading, value);
            since = reading.since();
        }
        Read result = stamp == null && !load.isByHand()
                ? Read.only(value)
                : keep(cache, key, clearings, load, value, new Validity(stamp, since, ttl));
        long keeping = System.nanoTime() - read;
        if (!load.isByHand()) {
            cache.counts().loaded(read - began, keeping, result.rows);
        }
        load.loaded(read - began, keeping, result.rows);
        return result;
    }

    /**
     * How long something that was read may be used.
     *
     * @param stamp null for as long as its time
     * @param since when the oldest part of it was stored
     */
    private record Validity(@Nullable TableStamp stamp, long since, long ttl) {}

    private static Read keep(
            ResultCache cache, Object key, int clearings, Load load, @Nullable Object value, Validity validity) {
        Object frozen;
        try {
            frozen = load.frozen(value);
        } catch (MutableResultException e) {
            load.mutable(e);
            return Read.only(value);
        } catch (RuntimeException e) {
            cache.warn(e);
            return Read.only(value);
        }
        CacheEntry entry = new CacheEntry(frozen, validity.stamp, Math.min(validity.since, cache.now()), validity.ttl);
        boolean stored = cache.rules().mayShare(entry) && cache.store(key, entry, clearings);
        return new Read(frozen, stored ? entry : null, load.isByHand() ? 1 : ResultSize.of(frozen));
    }
}
