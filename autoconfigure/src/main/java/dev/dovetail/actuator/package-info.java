/** What an operator sees: the health contributor, the meters, the endpoint {@code dovetail} and its page. */
@NullMarked
package dev.dovetail.actuator;

import org.jspecify.annotations.NullMarked;
