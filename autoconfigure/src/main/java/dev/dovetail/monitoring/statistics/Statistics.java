package dev.dovetail.monitoring.statistics;

import java.time.Duration;

/** The numbers of the database since the start of the application. */
public record Statistics(Connections connections, Queries queries, Cache cache) {

    /**
     * Pooled connections.
     *
     * @param active in use now
     * @param total open now
     * @param peak in use at once at most, of each pool, added up
     */
    public record Connections(int active, int total, int peak) {}

    /**
     * Statements; those whose results came from a cache are none.
     *
     * @param total how many were executed
     * @param slow how many were slow
     * @param failed how many failed
     * @param averageTime how long they took on the average, until their results were read
     */
    public record Queries(long total, long slow, long failed, Duration averageTime) {

        /** Those of these figures. */
        public static Queries of(PeriodFigures figures) {
            return new Queries(figures.count(), figures.slow(), figures.failed(), figures.averageTime());
        }

        /** Where nothing is watched. */
        public static final Queries NONE = new Queries(0, 0, 0, Duration.ZERO);
    }

    /**
     * All caches together.
     *
     * @param hits how often there was a result
     * @param misses how often there was none
     * @param hitRate the share of hits, from 0 to 1; 0 if nothing was looked up
     * @param size how many results there are, about
     */
    public record Cache(long hits, long misses, double hitRate, long size) {

        public static Cache of(long hits, long misses, long size) {
            long lookups = hits + misses;
            return new Cache(hits, misses, lookups == 0 ? 0 : (double) hits / lookups, size);
        }
    }
}
