/** From measured values to tables, plots and verdicts. */
@NullMarked
package dev.dovetail.benchmarks.report;

import org.jspecify.annotations.NullMarked;
