package dev.dovetail.cache;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import org.jspecify.annotations.Nullable;

/** How something is read that is not kept, and what of it may be kept. */
interface Load {

    @Nullable
    Object read() throws Throwable;

    /**
     * The same value for several.
     *
     * @throws MutableResultException if it cannot be given to several
     */
    @Nullable
    Object frozen(@Nullable Object value);

    /**
     * It was read.
     *
     * @param nanos how long that took
     * @param keeping how long it took to keep it, in nanoseconds
     */
    default void loaded(long nanos, long keeping, long rows) {}

    /** It cannot be given to several, and is not kept. */
    void mutable(MutableResultException reason);

    /** Whether it is kept although it depends on nothing, as its caller wants. */
    default boolean isByHand() {
        return false;
    }

    /** What it depends on; null if it must not be kept. */
    @Nullable
    TableStamp stamp(TableReading reading, @Nullable Object value);
}
