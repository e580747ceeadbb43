/** Whether the database is well: rules that look at it from time to time, and what they found last. */
@NullMarked
package dev.dovetail.monitoring.health;

import org.jspecify.annotations.NullMarked;
