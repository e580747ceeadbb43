/** What is counted of statements, without a database. */
@NullMarked
package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.NullMarked;
