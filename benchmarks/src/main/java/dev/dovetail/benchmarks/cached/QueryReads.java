package dev.dovetail.benchmarks.cached;

import dev.dovetail.Database;
import dev.dovetail.benchmarks.cached.dovetail.CachedApplication;
import dev.dovetail.benchmarks.cached.dovetail.CachedUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.UserRow;
import dev.dovetail.cache.CacheOperations;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Dovetail's cached query under a name. What it reads with is not cached itself. */
final class QueryReads implements CachedReads {

    private static final String NAME = "userById";
    private static final Duration TTL = Duration.ofMinutes(5);

    private final CachedApplication application;
    private final Database database;
    private final CachedUsers users;

    QueryReads(DatabaseUnderTest under) {
        application = CachedApplication.on(under, Map.of());
        database = application.database();
        users = application.users();
    }

    @Override
    public UserRow byId(long id) {
        return database.query(NAME)
                .key(id)
                .cached(TTL)
                .run(() -> users.findAllById(List.of(id)).get(0));
    }

    /** The cache comes into being with the first read of its query. */
    @Override
    public long misses() {
        CacheOperations caches = database.caches();
        return caches.names().contains(NAME) ? caches.statistics(NAME).misses() : 0;
    }

    @Override
    public void close() {
        application.close();
    }
}
