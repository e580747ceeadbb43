/** What retention deletes and what it leaves, on both engines. */
@NullMarked
package dev.dovetail.contract.retention;

import org.jspecify.annotations.NullMarked;
