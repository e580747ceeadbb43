/** What only the rooms of SQLite know. */
@NullMarked
package dev.dovetail.engine.sqlite;

import org.jspecify.annotations.NullMarked;
