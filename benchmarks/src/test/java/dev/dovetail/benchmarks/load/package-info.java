@NullMarked
package dev.dovetail.benchmarks.load;

import org.jspecify.annotations.NullMarked;
