/** What is cached is never older than it may be, the same on both engines. */
@NullMarked
package dev.dovetail.contract.cache;

import org.jspecify.annotations.NullMarked;
