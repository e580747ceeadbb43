@NullMarked
package dev.dovetail.benchmarks.backup;

import org.jspecify.annotations.NullMarked;
