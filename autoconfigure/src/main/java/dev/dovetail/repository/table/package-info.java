/** Access to tables by their names: queries, joins, aggregates and writes, checked against the schema the database has. */
@NullMarked
package dev.dovetail.repository.table;

import org.jspecify.annotations.NullMarked;
