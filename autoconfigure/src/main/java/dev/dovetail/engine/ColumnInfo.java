package dev.dovetail.engine;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param name as the database spells it
 * @param type what it holds
 * @param nullable whether NULL may be stored
 * @param defaultValue the SQL expression for rows that do not say; null without one
 * @param generated whether the database computes its value, so that none can be given
 * @param identity whether the database numbers the rows by it unless they say otherwise
 */
public record ColumnInfo(
        String name,
        ColumnType type,
        boolean nullable,
        @Nullable String defaultValue,
        boolean generated,
        boolean identity) {}
