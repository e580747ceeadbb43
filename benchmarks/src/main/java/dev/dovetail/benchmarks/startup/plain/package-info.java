/**
 * The sample application's likeness without Dovetail: the same starters, tables and routes, on plain Spring Data JDBC and
 * PostgreSQL. It is started and never used.
 */
@NullMarked
package dev.dovetail.benchmarks.startup.plain;

import org.jspecify.annotations.NullMarked;
