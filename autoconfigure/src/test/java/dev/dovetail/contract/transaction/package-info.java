/** Units of work that are run again, undone and followed by messages, on both engines. */
@NullMarked
package dev.dovetail.contract.transaction;

import org.jspecify.annotations.NullMarked;
