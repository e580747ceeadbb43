/** Spring Data JDBC without Dovetail. */
@NullMarked
package dev.dovetail.benchmarks.peer.springdata;

import org.jspecify.annotations.NullMarked;
