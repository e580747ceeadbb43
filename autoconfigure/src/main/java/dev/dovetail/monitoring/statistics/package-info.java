/** What ran, how long, how often and what failed, by statement; and what follows from it: slow ones, repeated ones, large results. */
@NullMarked
package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.NullMarked;
