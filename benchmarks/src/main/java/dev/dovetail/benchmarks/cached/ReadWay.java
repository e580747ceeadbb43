package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.subject.DatabaseUnderTest;

/** Ways to a row that is in a cache. The order is that of the tables. */
public enum ReadWay {
    CAFFEINE("Caffeine itself (the limit, never exact)"),
    CACHEABLE("@Cacheable on Caffeine"),
    REPOSITORY("Dovetail, @Cached findById"),
    QUERY("Dovetail, database.query(…).key(…).cached(…)");

    private final String title;

    ReadWay(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Starts it on the database; close it. */
    CachedReads open(DatabaseUnderTest database) {
        return switch (this) {
            case CAFFEINE -> new CaffeineReads();
            case CACHEABLE -> new CacheableReads(database);
            case REPOSITORY -> new RepositoryReads(database);
            case QUERY -> new QueryReads(database);
        };
    }
}
