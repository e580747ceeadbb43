package dev.dovetail;

import dev.dovetail.cache.QueryResult;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A piece of reading under a name. Immutable, and safe for use by several threads. */
public interface QuerySpec {

    /**
     * On what the result depends, where it is cached: all values that its code uses. To be compared, they are texts, numbers,
     * ids, enums, records of these, or lists of them.
     */
    QuerySpec key(Object... arguments);

    /**
     * Keeps the result until a table changes from which it was read, for as long as {@code dovetail.cache.ttl} or {@code
     * dovetail.cache.caches.<name>.ttl} says. What it returns must not be changeable, and it must read in the calling thread.
     * Otherwise it is run each time, which is logged once; so is what changes something. In a transaction that writes it is run
     * each time.
     */
    QuerySpec cached();

    /**
     * The same, but what is older than this is read anew. What {@code dovetail.cache.caches.<name>.ttl} says has the last word.
     *
     * @param ttl longer than 0, and 365 days at the longest
     * @throws IllegalArgumentException if it is not
     */
    QuerySpec cached(Duration ttl);

    /**
     * Runs it, and again if it failed by no fault of its own, unless it is inside a transaction.
     *
     * @param work reads by whatever means
     * @throws IllegalArgumentException if it is cached, and uses values of which none was named as its key
     */
    <T extends @Nullable Object> T run(Supplier<? extends T> work);

    /** As {@link #run}, and says where the result came from: from the database, or from what was kept, which may be stale. */
    <T extends @Nullable Object> QueryResult<T> runForResult(Supplier<? extends T> work);

    /**
     * The same with something to return where the database cannot answer: it is unreachable, its circuit is open, no connection
     * became free, or it took too long. What is wrong with the query itself is thrown all the same.
     */
    <T extends @Nullable Object> WithFallback<T> fallback(Supplier<? extends T> fallback);

    /**
     * A query with a fallback.
     *
     * @param <T> what it returns
     */
    interface WithFallback<T extends @Nullable Object> {

        /** Runs it; the fallback where the database cannot answer. */
        T run(Supplier<? extends T> work);

        /** As {@link #run}, and says where the result came from. */
        QueryResult<T> runForResult(Supplier<? extends T> work);
    }
}
