/** JDBC by hand. */
@NullMarked
package dev.dovetail.benchmarks.peer.jdbc;

import org.jspecify.annotations.NullMarked;
