/** Keeping the database small and fast: the optimizer, its steps and its history, and checkpoints. */
@NullMarked
package dev.dovetail.maintenance;

import org.jspecify.annotations.NullMarked;
