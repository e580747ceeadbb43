@NullMarked
package dev.dovetail.benchmarks.hitrate;

import org.jspecify.annotations.NullMarked;
