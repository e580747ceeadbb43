/** What a writer notices of backups that are made meanwhile. */
@NullMarked
package dev.dovetail.benchmarks.backup;

import org.jspecify.annotations.NullMarked;
