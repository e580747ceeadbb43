package dev.dovetail.cache;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What something is kept under: what was called, and with what. */
final class CacheKey {

    private final @Nullable CachedMethod method;
    private final @Nullable Object[] arguments;
    private final int hash;

    /** @param arguments values that do not change, in an array that belongs to this key */
    CacheKey(@Nullable CachedMethod method, @Nullable Object[] arguments) {
        this.method = method;
        this.arguments = arguments;
        this.hash = 31 * System.identityHashCode(method) + Arrays.hashCode(arguments);
    }

    @Nullable
    CachedMethod method() {
        return method;
    }

    // A method is described by one object only.
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey key
                && key.hash == hash
                && key.method == method
                && Arrays.equals(key.arguments, arguments);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** For people, and for patterns. */
    @Override
    public String toString() {
        String values = Stream.of(arguments).map(String::valueOf).collect(Collectors.joining(","));
        return method == null ? values : method.name() + ":" + values;
    }
}
