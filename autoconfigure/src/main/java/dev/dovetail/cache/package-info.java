/** Results that are kept for as long as the tables they were read from do not change. */
@NullMarked
package dev.dovetail.cache;

import org.jspecify.annotations.NullMarked;
