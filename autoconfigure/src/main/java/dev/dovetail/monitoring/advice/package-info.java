/** What would make this database better: indexes that its planner would use, indexes it does not need, and settings. */
@NullMarked
package dev.dovetail.monitoring.advice;

import org.jspecify.annotations.NullMarked;
