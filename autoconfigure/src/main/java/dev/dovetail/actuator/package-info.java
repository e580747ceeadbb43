/** What an operator sees: the health contributor, the meters and the endpoint {@code dovetail}. */
@NullMarked
package dev.dovetail.actuator;

import org.jspecify.annotations.NullMarked;
