package dev.dovetail.benchmarks.hitrate;

/** Takes keys until there are enough. */
final class Recorder {

    private final long[] keys;
    private int length;

    Recorder(int capacity) {
        keys = new long[capacity];
    }

    /** Adds a key, unless it is full. */
    void add(long key) {
        if (!isFull()) {
            keys[length++] = key;
        }
    }

    boolean isFull() {
        return length == keys.length;
    }

    /** All of them, once it is full. */
    long[] keys() {
        if (!isFull()) {
            throw new IllegalStateException("Only " + length + " keys of " + keys.length);
        }
        return keys.clone();
    }
}
