package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.Finding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something to do.
 *
 * @param id the same for the same thing, each time it is found
 * @param kind what is advised
 * @param subject what it is about: an index, a column, a setting
 * @param severity how much it matters
 * @param text what is wrong, and why to change it
 * @param sql what to run; null if it is not done by a statement
 * @param evidence the planner's word; null where none is needed
 */
public record Advice(
        String id,
        Finding.Kind kind,
        String subject,
        Finding.Severity severity,
        String text,
        @Nullable String sql,
        @Nullable Evidence evidence) {

    static Advice of(Finding finding, @Nullable Evidence evidence) {
        String kind = finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Advice(
                kind + ":" + finding.subject(),
                finding.kind(),
                finding.subject(),
                finding.severity(),
                finding.text(),
                finding.sql(),
                evidence);
    }
}
