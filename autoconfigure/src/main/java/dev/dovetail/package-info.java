/** The facade: {@link dev.dovetail.Database}, the one bean through which an application reaches everything. */
@NullMarked
package dev.dovetail;

import org.jspecify.annotations.NullMarked;
