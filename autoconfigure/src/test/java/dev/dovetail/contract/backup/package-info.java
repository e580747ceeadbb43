/** Backups and restores of both engines, while others use the database. */
@NullMarked
package dev.dovetail.contract.backup;

import org.jspecify.annotations.NullMarked;
