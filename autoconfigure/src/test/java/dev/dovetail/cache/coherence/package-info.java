/** How instances hear of each other. */
@NullMarked
package dev.dovetail.cache.coherence;

import org.jspecify.annotations.NullMarked;
