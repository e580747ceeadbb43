/** Reading SQL: as little of it as the layer needs to know, and never by guessing. */
@NullMarked
package dev.dovetail.sql;

import org.jspecify.annotations.NullMarked;
