/** Who does the work: Dovetail and its peers, each in the style and with the settings its makers recommend. */
@NullMarked
package dev.dovetail.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
