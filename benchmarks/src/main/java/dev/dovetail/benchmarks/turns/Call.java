package dev.dovetail.benchmarks.turns;

/**
 * One call.
 *
 * @param nanos it took
 * @param cpuNanos of the thread that calls; what a server does and how it is placed is no part of it
 * @param bytes it allocated
 */
public record Call(double nanos, double cpuNanos, double bytes) {}
