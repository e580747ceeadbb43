package dev.dovetail.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param subject what it is about, by its name; the same each time
 * @param severity how soon somebody must look at it
 * @param measured what was measured, in the unit of the threshold; null where nothing was
 * @param text what happened, without any value of a row or text of a statement
 * @param recommendation what to do
 */
public record ProbeFinding(
        String subject, Severity severity, @Nullable Double measured, String text, String recommendation) {}
