/** What watching statements costs each of them. */
@NullMarked
package dev.dovetail.benchmarks.monitoring;

import org.jspecify.annotations.NullMarked;
