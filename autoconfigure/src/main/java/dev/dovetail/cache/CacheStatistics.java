package dev.dovetail.cache;

/**
 * What a cache has done since it was made.
 *
 * @param hits how often a result was there
 * @param misses how often it was not, or was not current any more
 * @param puts how many results were stored
 * @param size how many there are now, about
 * @param maximumSize how many there can be
 * @param evictions how many were dropped for want of room, or because their time was over
 * @param stale how often a result was used that was too old, as the database did not answer
 */
public record CacheStatistics(
        long hits, long misses, long puts, long size, long maximumSize, long evictions, long stale) {

    /** The share of hits, from 0 to 1; 0 if nobody has asked yet. */
    public double hitRate() {
        long all = hits + misses;
        return all == 0 ? 0 : (double) hits / all;
    }
}
