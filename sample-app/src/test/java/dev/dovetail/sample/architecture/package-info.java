/** Keeps the sample's layers, and proves that each rule bites. */
@NullMarked
package dev.dovetail.sample.architecture;

import org.jspecify.annotations.NullMarked;
