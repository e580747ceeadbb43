package dev.dovetail.datasource;

/**
 * A pool at one moment.
 *
 * @param name the pool's name
 * @param active connections in use
 * @param idle connections at rest
 * @param total connections open
 * @param waiting callers that wait for one
 * @param maximum the most connections it may open
 * @param peak the most that were in use at once since the start
 */
public record PoolStatus(String name, int active, int idle, int total, int waiting, int maximum, int peak) {

    /** The share of the pool that is in use, from 0 to 1. */
    public double utilisation() {
        return maximum == 0 ? 0 : (double) active / maximum;
    }
}
