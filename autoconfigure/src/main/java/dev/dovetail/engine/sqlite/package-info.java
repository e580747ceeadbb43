/**
 * SQLite: the only room that knows it.
 *
 * <p>The stock driver loses atomicity under a pool, ignores query timeouts and reports no SQLState; what stands here
 * mends that below everything else. The facts behind each decision are in {@code docs/sqlite.md}.
 */
@NullMarked
package dev.dovetail.engine.sqlite;

import org.jspecify.annotations.NullMarked;
