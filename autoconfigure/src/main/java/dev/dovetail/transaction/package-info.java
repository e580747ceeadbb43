/** Units of work that survive: run again where that is right, undone where it is not, and delivered once they are done. */
@NullMarked
package dev.dovetail.transaction;

import org.jspecify.annotations.NullMarked;
