/** Wiring: which beans there are, on which conditions, and what to tell somebody whose application does not start. */
@NullMarked
package dev.dovetail.autoconfigure;

import org.jspecify.annotations.NullMarked;
