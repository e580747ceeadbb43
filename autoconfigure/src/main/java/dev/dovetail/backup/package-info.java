/** Copies of the database that were verified, how many of them are kept, and putting one back. */
@NullMarked
package dev.dovetail.backup;

import org.jspecify.annotations.NullMarked;
