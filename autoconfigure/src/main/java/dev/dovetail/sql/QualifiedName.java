package dev.dovetail.sql;

import org.jspecify.annotations.Nullable;

/**
 * A name with what stands before it.
 *
 * @param qualifier the part before the last; null without one
 * @param last what is named
 * @param length of how many tokens it is made
 */
record QualifiedName(@Nullable String qualifier, String last, int length) {}
