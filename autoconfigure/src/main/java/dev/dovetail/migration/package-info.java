/**
 * Flyway set up for every engine: one set of scripts with portable words, folders for what differs, instances that start
 * at once, and the layer's own tables.
 */
@NullMarked
package dev.dovetail.migration;

import org.jspecify.annotations.NullMarked;
