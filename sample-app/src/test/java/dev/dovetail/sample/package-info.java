/** Tests of the registry as its users meet it, on both engines from one source. */
@NullMarked
package dev.dovetail.sample;

import org.jspecify.annotations.NullMarked;
