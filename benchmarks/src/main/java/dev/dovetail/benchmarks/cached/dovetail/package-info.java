/** An application on Dovetail whose repository is {@code @Cached}. */
@NullMarked
package dev.dovetail.benchmarks.cached.dovetail;

import org.jspecify.annotations.NullMarked;
