/**
 * The words in which a database is described: what an engine is, what it can do, and what its errors mean.
 *
 * <p>The layer knows a database only through {@link dev.dovetail.engine.DatabaseEngine}; SQLite and PostgreSQL are two
 * implementations of it, and an application may bring a third as a bean.
 */
@NullMarked
package dev.dovetail.engine;

import org.jspecify.annotations.NullMarked;
