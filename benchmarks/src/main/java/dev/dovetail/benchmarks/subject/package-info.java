/** The work that is measured, the table it is done on, and the check that everybody does the same. */
@NullMarked
package dev.dovetail.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
