/** Caches on real engines: what is served from them is never older than what has been committed. */
@NullMarked
package dev.dovetail.contract.cache;

import org.jspecify.annotations.NullMarked;
