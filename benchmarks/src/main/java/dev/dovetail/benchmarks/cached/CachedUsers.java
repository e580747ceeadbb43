package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.Cacheable;

/** A service as an application has it, behind Spring's cache. What it reads costs nothing, as only hits are measured. */
public class CachedUsers {

    private final AtomicInteger reads = new AtomicInteger();

    /** The row with this id. */
    @Cacheable(CacheConfiguration.CACHE)
    public UserRow byId(long id) {
        reads.incrementAndGet();
        return SampleUsers.stored(id);
    }

    /** How often the cache had to ask. */
    public int reads() {
        return reads.get();
    }
}
