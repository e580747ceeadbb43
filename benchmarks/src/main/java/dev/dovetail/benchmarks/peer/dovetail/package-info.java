/** Repositories on Dovetail, auto-configured as an application has them. */
@NullMarked
package dev.dovetail.benchmarks.peer.dovetail;

import org.jspecify.annotations.NullMarked;
