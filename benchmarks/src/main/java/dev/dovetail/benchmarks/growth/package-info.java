/** The same work while the table grows from ten thousand to ten million rows. */
@NullMarked
package dev.dovetail.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
