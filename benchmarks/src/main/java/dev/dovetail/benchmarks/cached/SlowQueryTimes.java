package dev.dovetail.benchmarks.cached;

/**
 * What one fork measured.
 *
 * @param engine its id
 * @param coldMillis of the first call
 * @param p99Millis of the cached calls after it
 * @param maxMillis of the cached calls after it
 * @param restP95Millis of as many requests over HTTP
 */
record SlowQueryTimes(String engine, double coldMillis, double p99Millis, double maxMillis, double restP95Millis) {}
