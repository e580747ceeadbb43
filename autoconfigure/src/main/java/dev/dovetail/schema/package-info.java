/** What tables, columns, keys and indexes there are. */
@NullMarked
package dev.dovetail.schema;

import org.jspecify.annotations.NullMarked;
