/** What the database is like, kept and asked for. */
@NullMarked
package dev.dovetail.schema;

import org.jspecify.annotations.NullMarked;
