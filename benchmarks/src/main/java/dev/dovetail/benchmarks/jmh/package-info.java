/** One call after the other in one thread, measured by JMH. */
@NullMarked
package dev.dovetail.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
