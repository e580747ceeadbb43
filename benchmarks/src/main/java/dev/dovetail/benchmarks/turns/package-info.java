/** Applications that take turns in one JVM, where what they differ by would be lost between two. */
@NullMarked
package dev.dovetail.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
