/** What caches cost and bring: hits, applications that cache nothing, writers that tell others, a slow query. */
@NullMarked
package dev.dovetail.benchmarks.cached;

import org.jspecify.annotations.NullMarked;
