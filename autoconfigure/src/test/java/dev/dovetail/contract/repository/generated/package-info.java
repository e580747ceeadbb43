/** Entities that are generated at run time, by which two ways to the database are compared. */
@NullMarked
package dev.dovetail.contract.repository.generated;

import org.jspecify.annotations.NullMarked;
