/** What somebody must be told: alerts that are raised, resolved and sent once, however often their rule finds the same. */
@NullMarked
package dev.dovetail.monitoring.alert;

import org.jspecify.annotations.NullMarked;
