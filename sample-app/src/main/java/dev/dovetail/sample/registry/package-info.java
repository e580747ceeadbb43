/** What the registry does, and the rules by which it does it. */
@NullMarked
package dev.dovetail.sample.registry;

import org.jspecify.annotations.NullMarked;
