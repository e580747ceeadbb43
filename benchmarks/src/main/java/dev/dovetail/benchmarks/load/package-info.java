/** Many threads on one SQLite file. */
@NullMarked
package dev.dovetail.benchmarks.load;

import org.jspecify.annotations.NullMarked;
