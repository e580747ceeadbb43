/** What a read costs that a cache answers. */
@NullMarked
package dev.dovetail.benchmarks.cached;

import org.jspecify.annotations.NullMarked;
