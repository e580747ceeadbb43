/**
 * Attempts to break the foundation on real engines: many threads, several processes, foreign locks, full disks, killed
 * processes, lost files and lost networks. Each runs briefly in every build and for long with {@code -Psoak}.
 */
@NullMarked
package dev.dovetail.faults;

import org.jspecify.annotations.NullMarked;
