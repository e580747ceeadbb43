/** Pieces of a benchmark that run in a JVM of their own. */
@NullMarked
package dev.dovetail.benchmarks.fork;

import org.jspecify.annotations.NullMarked;
