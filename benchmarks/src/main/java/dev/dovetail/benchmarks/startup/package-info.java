/** How long the sample application takes to start, beside the same without Dovetail. */
@NullMarked
package dev.dovetail.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
