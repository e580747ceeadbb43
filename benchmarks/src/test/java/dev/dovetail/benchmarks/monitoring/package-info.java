@NullMarked
package dev.dovetail.benchmarks.monitoring;

import org.jspecify.annotations.NullMarked;
