package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.cacheable.CacheableApplication;
import dev.dovetail.benchmarks.cached.cacheable.CacheableUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.UserRow;
import org.springframework.context.ConfigurableApplicationContext;

/** Through the proxy, as an application calls its service. */
final class CacheableReads implements CachedReads {

    private final ConfigurableApplicationContext context;
    private final CacheableUsers users;

    CacheableReads(DatabaseUnderTest database) {
        context = CacheableApplication.on(database);
        users = context.getBean(CacheableUsers.class);
    }

    @Override
    public UserRow byId(long id) {
        return users.byId(id);
    }

    @Override
    public long misses() {
        return users.reads();
    }

    @Override
    public void close() {
        context.close();
    }
}
