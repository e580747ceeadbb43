package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.dovetail.CachedApplication;
import dev.dovetail.benchmarks.cached.dovetail.CachedUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.Map;

/** Dovetail's repository, whose {@code findById} is {@code @Cached}. */
final class RepositoryReads implements CachedReads {

    private final CachedApplication application;
    private final CachedUsers users;

    RepositoryReads(DatabaseUnderTest database) {
        application = CachedApplication.on(database, Map.of());
        users = application.users();
    }

    @Override
    public UserRow byId(long id) {
        return users.findById(id).orElseThrow();
    }

    @Override
    public long misses() {
        return application
                .database()
                .caches()
                .statistics(CachedApplication.CACHE)
                .misses();
    }

    @Override
    public void close() {
        application.close();
    }
}
