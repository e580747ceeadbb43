package dev.dovetail.monitoring.alert;

import dev.dovetail.engine.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody must look at: one rule's finding about one subject that has lasted.
 *
 * @param id {@code rule:subject}; an alert that is raised again later has the same
 * @param rule the rule that found it
 * @param subject what it is about
 * @param severity how soon somebody must look at it; the worst it has had
 * @param text what happened, as it was found last
 * @param recommendation what to do
 * @param measured what was measured last, with its unit; null where nothing was
 * @param threshold from which value on it counts, with its unit; null where nothing is compared
 * @param count in how many evaluations it was found
 * @param firstSeen when it was found first
 * @param raisedAt when it had been found often enough
 * @param lastSeen when it was found last
 * @param resolvedAt when it was over; null if it is not
 * @param resolution why it is over; null if it is not
 */
public record Alert(
        String id,
        String rule,
        String subject,
        Severity severity,
        String text,
        String recommendation,
        @Nullable String measured,
        @Nullable String threshold,
        long count,
        Instant firstSeen,
        Instant raisedAt,
        Instant lastSeen,
        @Nullable Instant resolvedAt,
        @Nullable Resolution resolution) {

    /** Why an alert is over. */
    public enum Resolution {
        /** Its rule does not find it any more. */
        BY_ITSELF,
        /** Somebody said so. */
        BY_HAND
    }

    Alert resolved(Instant at, Resolution why) {
        return new Alert(
                id,
                rule,
                subject,
                severity,
                text,
                recommendation,
                measured,
                threshold,
                count,
                firstSeen,
                raisedAt,
                lastSeen,
                at,
                why);
    }
}
