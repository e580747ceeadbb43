/** The only way to the database. */
@NullMarked
package dev.dovetail.sample.repository;

import org.jspecify.annotations.NullMarked;
