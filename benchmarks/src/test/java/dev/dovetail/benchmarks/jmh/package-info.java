@NullMarked
package dev.dovetail.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
