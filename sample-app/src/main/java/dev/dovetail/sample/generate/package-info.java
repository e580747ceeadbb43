/** Fills the registry with generated data, to try it out at size. */
@NullMarked
package dev.dovetail.sample.generate;

import org.jspecify.annotations.NullMarked;
