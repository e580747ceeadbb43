package dev.dovetail.benchmarks.hitrate;

import java.util.function.IntFunction;

/** What a full cache drops. */
enum Policy {
    W_TINY_LFU("W-TinyLFU (Caffeine)", TinyLfuCache::new, true),
    LRU("LRU", LinkedCache::lru, false),
    LFU("LFU", LfuCache::new, false),
    FIFO("FIFO", LinkedCache::fifo, false);

    private final String title;
    private final IntFunction<BoundedCache> caches;
    private final boolean random;

    Policy(String title, IntFunction<BoundedCache> caches, boolean random) {
        this.title = title;
        this.caches = caches;
        this.random = random;
    }

    String title() {
        return title;
    }

    /** Whether it may decide differently the next time. */
    boolean isRandom() {
        return random;
    }

    BoundedCache cache(int capacity) {
        return caches.apply(capacity);
    }
}
