package dev.dovetail.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something about a database that could be better.
 *
 * @param kind what it is
 * @param severity how much it matters
 * @param subject what it is about: an index, a column, a setting
 * @param text what is wrong, and why to change it
 * @param sql what to run; null if it is not done by a statement
 */
public record Finding(
        Kind kind,
        Severity severity,
        String subject,
        String text,
        @Nullable String sql) {

    /** What was found. */
    public enum Kind {
        /** Statements would be faster with an index, as the planner itself says. */
        MISSING_INDEX,
        /** Nothing leads from a referenced row to those that refer to it. */
        FOREIGN_KEY_INDEX,
        /** Another index does all that this one does. */
        REDUNDANT_INDEX,
        /** No query has used the index for a long time. */
        UNUSED_INDEX,
        /** Building the index was interrupted: no query uses it, and every write pays for it. */
        INVALID_INDEX,
        /** A constraint was never checked for the rows that were there before. */
        UNVALIDATED_CONSTRAINT,
        /** A sequence comes near to the largest number that its column can hold. */
        SEQUENCE_END,
        /** A setting costs speed or safety here. */
        SETTING
    }

    /** How much it matters. */
    public enum Severity {
        /** A little waste. */
        LOW,
        /** Slow, or sooner or later so. */
        MEDIUM,
        /** Very slow, or dangerous. */
        HIGH
    }
}
