/** What the optimizer promises on both engines. */
@NullMarked
package dev.dovetail.contract.maintenance;

import org.jspecify.annotations.NullMarked;
