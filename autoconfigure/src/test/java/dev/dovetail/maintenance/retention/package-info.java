/** The parts of retention by themselves. */
@NullMarked
package dev.dovetail.maintenance.retention;

import org.jspecify.annotations.NullMarked;
