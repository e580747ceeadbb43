@NullMarked
package dev.dovetail.benchmarks.cached;

import org.jspecify.annotations.NullMarked;
