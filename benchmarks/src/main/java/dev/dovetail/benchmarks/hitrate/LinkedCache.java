package dev.dovetail.benchmarks.hitrate;

import java.util.LinkedHashMap;

/** Drops what was used (LRU) or what was put in (FIFO) the longest time ago. */
final class LinkedCache implements BoundedCache {

    private final int capacity;
    private final LinkedHashMap<Long, Boolean> entries;

    private LinkedCache(int capacity, boolean byUse) {
        this.capacity = capacity;
        this.entries = new LinkedHashMap<>(16, 0.75f, byUse);
    }

    static BoundedCache lru(int capacity) {
        return new LinkedCache(capacity, true);
    }

    static BoundedCache fifo(int capacity) {
        return new LinkedCache(capacity, false);
    }

    @Override
    public boolean hit(long key) {
        if (entries.get(key) != null) {
            return true;
        }
        if (entries.size() == capacity) {
            entries.pollFirstEntry();
        }
        entries.put(key, true);
        return false;
    }
}
