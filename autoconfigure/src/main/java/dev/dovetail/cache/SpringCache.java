package dev.dovetail.cache;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/** One cache as Spring knows them. */
record SpringCache(ResultCache cache) implements Cache {

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
        return cache.isEnabled() ? cache.find(key(key), cache.ttl().toNanos()) : null;
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
            T value = valueLoader.call();
            put(key, value);
            return value;
        } catch (Exception e) {
            throw new ValueRetrievalException(key, valueLoader, e);
        }
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (cache.isEnabled()) {
            long ttl = cache.ttl().toNanos();
            cache.store(key(key), new CacheEntry(value, null, cache.now(), ttl), cache.clearings());
        }
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
