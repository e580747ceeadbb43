package dev.dovetail.cache;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * One cache as Spring knows them.
 *
 * @param loading has one thread load what several want
 */
record SpringCache(ResultCache cache, Loading loading) implements Cache {

    private static CacheKey key(Object key) {
        @Nullable Object[] arguments = KeyArguments.of(new Object[] {key});
        // Spring's own keys are compared by what they were made of.
        return new CacheKey(null, arguments != null ? arguments : new Object[] {key});
    }

    @Override
    public String getName() {
        return cache.name();
    }

    @Override
    public Object getNativeCache() {
        return cache;
    }

    private @Nullable CacheEntry find(Object key) {
        CacheEntry entry = cache.isEnabled() ? cache.find(key(key), ttl()) : null;
        return entry != null && isForCaller(entry) ? entry : null;
    }

    // A transaction that writes sees what it has written. What was put here by hand is not of the database.
    private boolean isForCaller(CacheEntry entry) {
        return entry.stamp() == null || cache.rules().mayUseCache();
    }

    private long ttl() {
        return cache.ttl().toNanos();
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        CacheEntry entry = find(key);
        return entry == null ? null : new SimpleValueWrapper(entry.value());
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        CacheEntry entry = find(key);
        Object value = entry == null ? null : entry.value();
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException(
                    "Cache '%s' holds a %s there, not a %s".formatted(getName(), value.getClass(), type));
        }
        return cast(value);
    }

    // The interface promises the type that its caller names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    @Override
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        CacheEntry entry = find(key);
        if (entry != null) {
            return cast(entry.value());
        }
        try {
            return cast(
                    cache.isEnabled()
                            ? loading.load(cache, key(key), ttl(), new Called(valueLoader))
                                    .value()
                            : valueLoader.call());
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ValueRetrievalException(key, valueLoader, e);
        }
    }

    /** What is put there by hand, as soon as it is known. */
    private record Called(Callable<?> loader) implements Load {

        @Override
        public @Nullable Object read() throws Exception {
            return loader.call();
        }

        @Override
        public boolean isByHand() {
            return true;
        }

        @Override
        public @Nullable Object frozen(@Nullable Object value) {
            return value;
        }

        @Override
        public void mutable(MutableResultException reason) {
            throw new IllegalStateException("What is put there by hand is not looked at", reason);
        }

        @Override
        public @Nullable TableStamp stamp(TableReading reading, @Nullable Object value) {
            return null;
        }
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (cache.isEnabled()) {
            cache.store(key(key), new CacheEntry(value, null, cache.now(), ttl()), cache.clearings());
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        CacheEntry entry = new CacheEntry(value, null, cache.now(), ttl());
        CacheEntry known = cache.isEnabled() ? cache.storeIfAbsent(key(key), entry, this::isForCaller) : null;
        return known == null ? null : new SimpleValueWrapper(known.value());
    }

    @Override
    public void evict(Object key) {
        cache.remove(key(key));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return cache.remove(key(key));
    }

    @Override
    public void clear() {
        cache.clear();
    }
}
