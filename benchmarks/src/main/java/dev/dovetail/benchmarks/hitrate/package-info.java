/** How often caches of different policies hit, on traces that were fixed before anything was measured. */
@NullMarked
package dev.dovetail.benchmarks.hitrate;

import org.jspecify.annotations.NullMarked;
