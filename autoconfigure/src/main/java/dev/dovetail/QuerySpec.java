package dev.dovetail;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A piece of reading under a name. Immutable, and safe for use by several threads. */
public interface QuerySpec {

    /**
     * Runs it, and again if it failed by no fault of its own, unless it is inside a transaction.
     *
     * @param work reads by whatever means
     */
    <T extends @Nullable Object> T run(Supplier<? extends T> work);

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
    }
}
