@NullMarked
package dev.dovetail.benchmarks;

import org.jspecify.annotations.NullMarked;
