package dev.dovetail.benchmarks.monitoring;

/**
 * What one fork measured.
 *
 * @param threads that read at the same time
 * @param nanos of one call
 * @param bytes that it allocates
 */
record WatchedRead(Watching watching, int threads, double nanos, double bytes) {}
