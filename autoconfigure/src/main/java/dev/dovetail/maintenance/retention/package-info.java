/** Deleting what has been kept for long enough, in batches that nobody has to wait for. */
@NullMarked
package dev.dovetail.maintenance.retention;

import org.jspecify.annotations.NullMarked;
