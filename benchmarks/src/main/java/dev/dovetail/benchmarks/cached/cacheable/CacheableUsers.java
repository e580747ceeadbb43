package dev.dovetail.benchmarks.cached.cacheable;

import dev.dovetail.benchmarks.subject.UserRow;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.Cacheable;

/** A service as an application has it, behind Spring's cache and in front of a repository. */
public class CacheableUsers {

    private final StoredUsers users;
    private final AtomicInteger reads = new AtomicInteger();

    CacheableUsers(StoredUsers users) {
        this.users = users;
    }

    /** The row with this id. */
    @Cacheable(CacheableApplication.CACHE)
    public UserRow byId(long id) {
        reads.incrementAndGet();
        return users.findById(id).orElseThrow();
    }

    /** How often the cache had to ask. */
    public int reads() {
        return reads.get();
    }
}
