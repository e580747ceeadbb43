@NullMarked
package dev.dovetail.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
