package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.subject.UserRow;

/** Reading rows by their id from a cache in front of a database. Thread-safe. */
interface CachedReads extends AutoCloseable {

    UserRow byId(long id);

    /** How often the cache had to ask the database. */
    long misses();

    @Override
    void close();
}
