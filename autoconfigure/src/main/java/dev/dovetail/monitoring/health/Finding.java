package dev.dovetail.monitoring.health;

import dev.dovetail.engine.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be. The text and the recommendation are shown where health is, which is often public:
 * they hold no value of a row, no text of a statement and no secret.
 *
 * @param rule which rule found it
 * @param subject what it is about: a pool, an index, a table; the same each time, so that it is one alert
 * @param severity how soon somebody must look at it
 * @param effect what it makes of the application
 * @param measured what was measured, with its unit; null where nothing was
 * @param threshold from which value on it counts, with its unit; null where nothing is compared
 * @param text what happened
 * @param recommendation what to do
 */
public record Finding(
        String rule,
        String subject,
        Severity severity,
        Effect effect,
        @Nullable String measured,
        @Nullable String threshold,
        String text,
        String recommendation) {

    /** What a finding makes of the application. */
    public enum Effect {
        /** It works, but not as well as it should, or not for long. */
        DEGRADED,
        /** It does not work. */
        DOWN
    }

    // Names of tables and users may hold anything, and are written to logs.
    public Finding {
        subject = oneLine(subject);
        text = oneLine(text);
        recommendation = oneLine(recommendation);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    Finding as(Severity other) {
        return new Finding(rule, subject, other, effect, measured, threshold, text, recommendation);
    }
}
