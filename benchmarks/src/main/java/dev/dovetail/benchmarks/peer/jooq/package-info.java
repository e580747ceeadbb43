/** jOOQ. */
@NullMarked
package dev.dovetail.benchmarks.peer.jooq;

import org.jspecify.annotations.NullMarked;
