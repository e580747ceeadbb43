package dev.dovetail.cache;

import java.time.Duration;

/**
 * What a cache has done since it was made.
 *
 * @param hits how often a result was there
 * @param misses how often it was not, or was not current any more
 * @param loads how often something was read that was not there
 * @param loadTime how long that took in all
 * @param puts how many results were stored
 * @param size how many there are now, about
 * @param maximumSize how many there can be
 * @param evictions how many were dropped for want of room, or because their time was over
 * @param invalidations how often one was there that was not current any more, as a table had changed
 * @param stale how often a result was used that was too old, as the database did not answer
 */
public record CacheStatistics(
        long hits,
        long misses,
        long loads,
        Duration loadTime,
        long puts,
        long size,
        long maximumSize,
        long evictions,
        long invalidations,
        long stale) {

    /** The share of hits, from 0 to 1; 0 if nobody has asked yet. */
    public double hitRate() {
        long all = hits + misses;
        return all == 0 ? 0 : (double) hits / all;
    }

    /** How long reading took on average; zero if nothing was read yet. */
    public Duration meanLoadTime() {
        return loads == 0 ? Duration.ZERO : loadTime.dividedBy(loads);
    }
}
