/** An application on Dovetail's repositories that caches by Spring's {@code @Cacheable}. */
@NullMarked
package dev.dovetail.benchmarks.cached.cacheable;

import org.jspecify.annotations.NullMarked;
