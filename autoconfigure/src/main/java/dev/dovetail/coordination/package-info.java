/** Doing a thing once among several instances, and again and again. */
@NullMarked
package dev.dovetail.coordination;

import org.jspecify.annotations.NullMarked;
