/** What keeps the caches of several processes on one database from serving what another one has changed. */
@NullMarked
package dev.dovetail.cache.coherence;

import org.jspecify.annotations.NullMarked;
