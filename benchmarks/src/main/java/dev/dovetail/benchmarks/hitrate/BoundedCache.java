package dev.dovetail.benchmarks.hitrate;

/** A cache that holds a limited number of keys. For one thread. */
interface BoundedCache {

    /** Whether it has the key; else it takes it in and, when it is full, drops one. */
    boolean hit(long key);
}
