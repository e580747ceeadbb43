package dev.dovetail.cache;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import dev.dovetail.datasource.TableVersions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * A method of a repository whose results are not kept, and what would have come of it if they were. Safe for use by several
 * threads.
 */
final class WatchedMethod {

    // Their time is that of loading classes and preparing statements.
    private static final int FIRST_CALLS = 20;

    private final Description described;
    private final CachedMethod method;
    private final GhostCache ghost;
    private final TableVersions versions;
    private final LookupCounts calls;
    private final AtomicInteger first = new AtomicInteger();

    /**
     * What is known of a method beforehand.
     *
     * @param chosen whether its caller says of which type its result is
     * @param mutablePart what in its results can be changed; null if nothing
     * @param byPrimaryKey whether it reads one row by its primary key; null if it cannot
     */
    record Description(
            String name,
            boolean chosen,
            @Nullable String mutablePart,
            @Nullable BooleanSupplier byPrimaryKey) {}

    /** @param cache the ghost's */
    WatchedMethod(Description described, GhostCache ghost, ResultCache cache, TableVersions versions) {
        this.described = described;
        this.method = new CachedMethod(described.name, cache, !described.chosen, described.byPrimaryKey, null, false);
        this.ghost = ghost;
        this.versions = versions;
        this.calls = new LookupCounts(cache.now());
    }

    String name() {
        return described.name;
    }

    @Nullable
    String mutablePart() {
        return described.mutablePart;
    }

    /** What was counted of calls that a cache might have answered; each of them was read. */
    LookupCounts calls() {
        return calls;
    }

    /** What was counted of those among them that the ghost has followed. */
    LookupCounts expected() {
        return ghost.counts();
    }

    /** How many keys are remembered. */
    long remembered() {
        return ghost.count();
    }

    @Nullable
    Object call(MethodInvocation invocation) throws Throwable {
        Long key = isCounted() && method.cache().rules().mayUseCache() ? key(invocation.getArguments()) : null;
        if (key == null) {
            return invocation.proceed();
        }
        return ghost.follows(key) && !ghost.wouldHit(key) ? read(key, invocation) : timed(invocation);
    }

    private boolean isCounted() {
        return first.get() >= FIRST_CALLS || first.incrementAndGet() > FIRST_CALLS;
    }

    // Arguments may fail at being compared, which is no reason for the call to fail.
    private static @Nullable Long key(@Nullable Object[] arguments) {
        try {
            @Nullable Object[] kept = KeyArguments.of(arguments);
            return kept == null ? null : GhostCache.hash(kept);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private @Nullable Object timed(MethodInvocation invocation) throws Throwable {
        long began = System.nanoTime();
        Object result = invocation.proceed();
        calls.loaded(System.nanoTime() - began, 0, ResultSize.of(result));
        return result;
    }

    private @Nullable Object read(long key, MethodInvocation invocation) throws Throwable {
        Object result;
        TableStamp stamp;
        try (TableReading reading = TableReading.of(versions)) {
            result = timed(invocation);
            stamp = method.stamp(reading, invocation.getArguments(), result);
        }
        if (stamp != null && isShared(result)) {
            ghost.keep(key, stamp);
        }
        return result;
    }

    private boolean isShared(@Nullable Object result) {
        if (method.isImmutable()) {
            return true;
        }
        try {
            FrozenResult.of(result, false);
            return true;
        } catch (MutableResultException e) {
            return false;
        }
    }
}
