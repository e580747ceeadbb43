package dev.dovetail.cache;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries under a name whose results are kept. Safe for use by several threads. */
public final class CachedQueries {

    private static final Logger log = LoggerFactory.getLogger(CachedQueries.class);

    private final ResultCaches caches;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    public CachedQueries(ResultCaches caches) {
        this.caches = caches;
    }

    /**
     * What is kept, or what is read.
     *
     * @param name of the query, and of its cache
     * @param key on what the result depends; null if that was not said
     * @param ttl how old it may be, unless that is set for its cache; null for what is said of the cache
     * @param code what the caller wrote, which must bring no values with it where there is no key
     * @param reading calls it
     * @throws IllegalArgumentException if the key cannot be compared, or if there should be one
     */
    public <T extends @Nullable Object> QueryResult<T> run(
            String name, Object @Nullable [] key, @Nullable Duration ttl, Object code, Supplier<? extends T> reading) {
        CacheKey wanted = key(name, key, code);
        caches.versions().watch();
        ResultCache cache = caches.cache(name, null, null);
        if (!cache.isEnabled() || !cache.rules().mayUseCache()) {
            return new QueryResult<>(reading.get(), Origin.DATABASE);
        }
        long age = caches.ttl(cache, ttl).toNanos();
        CacheEntry entry = cache.find(wanted, age);
        return entry != null
                ? cast(QueryResult.of(entry.value(), Origin.CACHE))
                : cast(load(
                        cache,
                        wanted,
                        age,
                        new Query(name, reading, cache.rules().holdsObjects())));
    }

    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> QueryResult<T> cast(QueryResult<@Nullable Object> result) {
        return (QueryResult<T>) result;
    }

    private QueryResult<@Nullable Object> load(ResultCache cache, CacheKey key, long age, Load query) {
        try {
            return caches.loading().load(cache, key, age, query);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A supplier threw what it cannot throw", e);
        }
    }

    private static CacheKey key(String name, Object @Nullable [] key, Object code) {
        if (key == null) {
            CapturedValues.in(code).ifPresent(type -> {
                throw new IllegalArgumentException(
                        "Query '%s' is cached, and its code uses a value of type %s from outside, so its result may be another one for another value. Name all such values: .key(…), or .key() if it does not depend on them."
                                .formatted(name, type));
            });
            return new CacheKey(null, new Object[0]);
        }
        return CacheKey.named("query '%s'".formatted(name), key);
    }

    private void warnOnce(String name, String reason) {
        if (warned.add(name)) {
            log.warn("What query '{}' returns is not cached: {}", name, reason);
        }
    }

    private final class Query implements Load {

        private final String name;
        private final Supplier<?> reading;
        private final boolean objectsHeld;

        /** @param objectsHeld whether it may be given what its thread has read before */
        Query(String name, Supplier<?> reading, boolean objectsHeld) {
            this.name = name;
            this.reading = reading;
            this.objectsHeld = objectsHeld;
        }

        @Override
        public @Nullable Object read() {
            return reading.get();
        }

        @Override
        public @Nullable Object frozen(@Nullable Object value) {
            return FrozenResult.of(value, false);
        }

        @Override
        public @Nullable TableStamp stamp(TableReading watched, @Nullable Object value) {
            if (objectsHeld) {
                warnOnce(
                        name,
                        "the persistence context (JPA) of the thread that called it holds entities that were read before,"
                                + " and would be given them as they were then. It is run each time in such a thread");
                return null;
            }
            if (watched.hasWritten()) {
                warnOnce(name, "it changes something. It is run each time");
            } else if (!watched.hasRead()) {
                warnOnce(
                        name,
                        "it has read nothing from the database in the thread that called it, so nobody knows when its"
                                + " result changes");
            }
            return watched.stamp();
        }

        @Override
        public void mutable(MutableResultException e) {
            warnOnce(
                    name,
                    "it can be changed by whoever gets it: " + e.getMessage()
                            + ". Return records, texts, numbers, and lists of them");
        }
    }
}
