package dev.dovetail.cache;

import java.util.Arrays;
import java.util.Comparator;
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

    /**
     * A key that a caller has named.
     *
     * @param whose what it is the key of, for the message
     * @throws IllegalArgumentException if it cannot be compared
     */
    static CacheKey named(String whose, Object... key) {
        @Nullable Object[] arguments = KeyArguments.of(key);
        if (arguments == null) {
            throw new IllegalArgumentException(
                    "The key of %s contains what cannot be compared, or may change. Use texts, numbers, ids, enums, records of these, and lists of them."
                            .formatted(whose));
        }
        return new CacheKey(null, arguments);
    }

    /** Whether its values are written like those of another, whatever their types, and whichever method it is of. */
    boolean isWrittenLike(CacheKey other) {
        return Arrays.<@Nullable Object>equals(arguments, other.arguments, Comparator.comparing(String::valueOf));
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
