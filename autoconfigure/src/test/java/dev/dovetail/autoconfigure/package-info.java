/** Wiring: on, off, the application's own beans, missing libraries. */
@NullMarked
package dev.dovetail.autoconfigure;

import org.jspecify.annotations.NullMarked;
