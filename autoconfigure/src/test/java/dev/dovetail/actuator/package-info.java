/** What an operator sees, on both engines. */
@NullMarked
package dev.dovetail.actuator;

import org.jspecify.annotations.NullMarked;
