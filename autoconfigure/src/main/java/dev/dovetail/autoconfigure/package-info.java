/** Wiring: properties, conditions, beans and failure analyses. Everything else stands without it. */
@NullMarked
package dev.dovetail.autoconfigure;

import org.jspecify.annotations.NullMarked;
