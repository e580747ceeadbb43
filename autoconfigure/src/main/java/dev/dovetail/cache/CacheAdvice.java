package dev.dovetail.cache;

import java.time.Duration;

/**
 * A method that would be better cached, or better not, and what was observed of it. Numbers by the hour are means since it was
 * first called, over one minute at least. Calls in transactions that write, in which no cache is used, do not count.
 *
 * @param method the repository's interface and the method, or the name of a query
 * @param kind what to do
 * @param hitRate the share of calls that would find a result, or do find one, from 0 to 1
 * @param callsPerHour how often it is called
 * @param meanLoadTime how long reading takes on average
 * @param timeSavedPerHour by which callers would wait less, or do wait less; negative if they wait longer
 * @param meanRows how many rows a result has on average
 * @param invalidationsPerHour how often a result would be there, or is there, that is not current any more, as a table has changed
 * @param text what to do, and why, for people
 */
public record CacheAdvice(
        String method,
        Kind kind,
        double hitRate,
        double callsPerHour,
        Duration meanLoadTime,
        Duration timeSavedPerHour,
        double meanRows,
        double invalidationsPerHour,
        String text) {

    /** What to do. */
    public enum Kind {
        /** {@link Cached} would pay. */
        CACHE,
        /** It would pay, but only what nobody can change may be kept. */
        MAKE_IMMUTABLE,
        /** Keeping its results does not pay. */
        DO_NOT_CACHE
    }
}
