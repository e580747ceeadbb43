/**
 * Connections: pools of writers and readers, routing between them, stopping what runs too long, and the one place that
 * every executed statement passes.
 */
@NullMarked
package dev.dovetail.datasource;

import org.jspecify.annotations.NullMarked;
