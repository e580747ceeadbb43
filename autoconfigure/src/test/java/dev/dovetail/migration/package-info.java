/** Migrations, each on a real SQLite file and a real PostgreSQL. */
@NullMarked
package dev.dovetail.migration;

import org.jspecify.annotations.NullMarked;
