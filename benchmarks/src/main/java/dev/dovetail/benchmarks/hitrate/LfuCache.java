package dev.dovetail.benchmarks.hitrate;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Drops what was used least often since it was put in, and of several what was used the longest time ago. Each step takes
 * constant time: keys stand in buckets by the number of their uses.
 */
final class LfuCache implements BoundedCache {

    private final int capacity;
    private final Map<Long, Integer> uses = new HashMap<>();
    private final Map<Integer, SequencedSet<Long>> buckets = new HashMap<>();
    private int fewest = 1;

    LfuCache(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean hit(long key) {
        Integer count = uses.get(key);
        if (count != null) {
            use(key, count);
            return true;
        }
        if (uses.size() == capacity) {
            uses.remove(bucket(fewest).removeFirst());
        }
        place(key, 1);
        fewest = 1;
        return false;
    }

    private void use(long key, int count) {
        SequencedSet<Long> bucket = bucket(count);
        bucket.remove(key);
        place(key, count + 1);
        if (bucket.isEmpty()) {
            buckets.remove(count);
            fewest = fewest == count ? count + 1 : fewest;
        }
    }

    private void place(long key, int count) {
        uses.put(key, count);
        bucket(count).add(key);
    }

    private SequencedSet<Long> bucket(int count) {
        return buckets.computeIfAbsent(count, none -> new LinkedHashSet<>());
    }
}
