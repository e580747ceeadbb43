package dev.dovetail.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a query returned, and where that came from.
 *
 * @param <T> what it is
 * @param value as the query returned it
 * @param origin where it came from
 */
public record QueryResult<T extends @Nullable Object>(T value, Origin origin) {

    /** Where a result came from. */
    public enum Origin {
        /** It was just read. */
        DATABASE,
        /** It had been read before, and is current. */
        CACHE,
        /** It had been read before, and nobody knows whether it is current: the database does not answer. */
        STALE,
        /** The database does not answer, and the caller's fallback was used. */
        FALLBACK
    }

    // NullAway does not look at what a type variable stands for.
    @SuppressWarnings("NullAway")
    static QueryResult<@Nullable Object> of(@Nullable Object value, Origin origin) {
        return new QueryResult<>(value, origin);
    }

    /** Whether it may be older than what the database holds. */
    public boolean isStale() {
        return origin == Origin.STALE;
    }
}
