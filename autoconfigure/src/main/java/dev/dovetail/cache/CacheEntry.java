package dev.dovetail.cache;

import dev.dovetail.datasource.TableStamp;
import org.jspecify.annotations.Nullable;

/**
 * What is kept.
 *
 * @param value immutable, or null
 * @param stamp what it depends on; null if it was put there by hand, and depends on nothing
 * @param storedAt when it, or the oldest part of it, was stored, by the cache's clock, in nanoseconds
 * @param ttl for how long, in nanoseconds
 */
record CacheEntry(@Nullable Object value, @Nullable TableStamp stamp, long storedAt, long ttl) {

    boolean isCurrent() {
        return stamp == null || stamp.isCurrent();
    }

    boolean isCurrentHere() {
        return stamp == null || stamp.isCurrentHere();
    }

    boolean isYoungerThan(long age, long now) {
        return now - storedAt < Math.min(age, ttl);
    }
}
