/** Speed of Dovetail and of its peers, measured side by side. */
@NullMarked
package dev.dovetail.benchmarks;

import org.jspecify.annotations.NullMarked;
