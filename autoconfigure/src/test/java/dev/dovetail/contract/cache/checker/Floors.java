package dev.dovetail.contract.cache.checker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How far each of some values that only grow is known to have come: written by a commit that has returned, or seen by anybody. A
 * read that begins later must not find less. Safe for use by several threads.
 */
final class Floors {

    private static final long HOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicLongArray known;
    private final AtomicLongArray increments;
    private final AtomicLongArray begun;
    private final AtomicLongArray writtenAt;
    private final AtomicReferenceArray<String> writers;

    Floors(int size) {
        known = new AtomicLongArray(size);
        increments = new AtomicLongArray(size);
        begun = new AtomicLongArray(size);
        writtenAt = new AtomicLongArray(size);
        writers = new AtomicReferenceArray<>(size);
        long longAgo = System.nanoTime() - 2 * HOT_NANOS;
        for (int i = 0; i < size; i++) {
            writtenAt.set(i, longAgo);
            writers.set(i, "nobody");
        }
    }

    int size() {
        return known.length();
    }

    /** To be taken before a read begins. */
    long floor(int index) {
        return known.get(index);
    }

    /** How far it may have come at most. */
    long begun(int index) {
        return begun.get(index);
    }

    /** Before a transaction that will write it. */
    void begin(int index, long value) {
        begun.accumulateAndGet(index, value, Math::max);
    }

    /** After the commit has returned. */
    void committed(int index, long value, String writer) {
        known.accumulateAndGet(index, value, Math::max);
        writers.set(index, writer);
        writtenAt.set(index, System.nanoTime());
    }

    /** The same for one that was made one larger. */
    void increased(int index, String writer) {
        committed(index, increments.incrementAndGet(index), writer);
    }

    /** After a read has returned. */
    void seen(int index, long value) {
        if (known.get(index) < value) {
            known.accumulateAndGet(index, value, Math::max);
        }
    }

    String writer(int index) {
        return writers.get(index);
    }

    /** Whether it was written within the last 100 ms. */
    boolean isHot(int index) {
        return System.nanoTime() - writtenAt.get(index) < HOT_NANOS;
    }
}
