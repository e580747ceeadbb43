/**
 * PostgreSQL, and what speaks its language: how to connect to it, what its settings are, and what its errors mean.
 *
 * <p>Together with its SQLite neighbour the only room that knows which database it talks to.
 */
@NullMarked
package dev.dovetail.engine.postgresql;

import org.jspecify.annotations.NullMarked;
