/** All that an application writes for a repository. */
@NullMarked
package dev.dovetail.contract.repository.recipe;

import org.jspecify.annotations.NullMarked;
