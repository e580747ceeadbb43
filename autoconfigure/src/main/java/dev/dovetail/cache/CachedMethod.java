package dev.dovetail.cache;

import dev.dovetail.datasource.KnownRow;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A method of a repository whose results are kept. There is one of each, which stands for itself in keys.
 */
final class CachedMethod {

    private final String name;
    private final ResultCache cache;
    private final long ttl;
    private final boolean immutable;
    private final @Nullable BooleanSupplier byPrimaryKey;
    private final @Nullable LookupCounts counts;
    private final boolean ownCode;

    /**
     * A method of this name.
     *
     * @param immutable whether what is in its results never changes; otherwise each result is looked at
     * @param byPrimaryKey whether it reads one row by its primary key; null if it cannot
     * @param counts what is counted of this method, as others may share its cache; null if nobody wants to know
     * @param ownCode whether the application's code reads, and may do it by other means than its repository
     */
    CachedMethod(
            String name,
            ResultCache cache,
            boolean immutable,
            @Nullable BooleanSupplier byPrimaryKey,
            @Nullable LookupCounts counts,
            boolean ownCode) {
        this.name = name;
        this.cache = cache;
        this.ttl = cache.ttl().toNanos();
        this.immutable = immutable;
        this.byPrimaryKey = byPrimaryKey;
        this.counts = counts;
        this.ownCode = ownCode;
    }

    /** Whether what its thread has read before may be in its result. */
    boolean mayFindObjects() {
        return ownCode && cache.rules().holdsObjects();
    }

    String name() {
        return name;
    }

    ResultCache cache() {
        return cache;
    }

    boolean isImmutable() {
        return immutable;
    }

    long ttl() {
        return ttl;
    }

    /** What is counted of it; null if nobody wants to know. */
    @Nullable
    LookupCounts counts() {
        return counts;
    }

    /** What its call is kept under; null if that cannot be a key. */
    @Nullable
    CacheKey key(@Nullable Object[] arguments) {
        try {
            @Nullable Object[] kept = KeyArguments.of(arguments);
            return kept == null ? null : new CacheKey(this, kept);
        } catch (RuntimeException e) {
            cache.warn(e);
            return null;
        }
    }

    /** What its result depends on; null if it must not be kept. */
    @Nullable
    TableStamp stamp(TableReading reading, @Nullable Object[] arguments, @Nullable Object result) {
        Object id = byPrimaryKey == null ? null : arguments[0];
        return id != null && KnownRow.isIdentifying(id) && byPrimaryKey != null && byPrimaryKey.getAsBoolean()
                ? reading.stampOfRow(id, isFound(result))
                : reading.stamp();
    }

    private static boolean isFound(@Nullable Object result) {
        return result instanceof Optional<?> optional
                ? optional.isPresent()
                : result != null && !Boolean.FALSE.equals(result);
    }
}
