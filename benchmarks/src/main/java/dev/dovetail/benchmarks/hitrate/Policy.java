package dev.dovetail.benchmarks.hitrate;

/** What a full cache drops. */
enum Policy {
    W_TINY_LFU("W-TinyLFU (Caffeine)"),
    LRU("LRU"),
    LFU("LFU"),
    FIFO("FIFO");

    private final String title;

    Policy(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether it may decide differently the next time. */
    boolean isRandom() {
        return this == W_TINY_LFU;
    }

    BoundedCache cache(int capacity) {
        return switch (this) {
            case W_TINY_LFU -> new TinyLfuCache(capacity);
            case LRU -> LinkedCache.lru(capacity);
            case LFU -> new LfuCache(capacity);
            case FIFO -> LinkedCache.fifo(capacity);
        };
    }
}
