package dev.dovetail.migration;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a history of migrations.
 *
 * @param history the table that it stands in
 * @param version of the script; null if it has none, being run again whenever it changes
 * @param description what it does, in the words of its name
 * @param type what it is, in Flyway's words
 * @param script where it was found
 * @param installedOn when it was run; null if nobody knows
 * @param duration how long it took
 * @param success whether it came to its end
 */
public record AppliedMigration(
        String history,
        @Nullable String version,
        String description,
        String type,
        String script,
        @Nullable Instant installedOn,
        Duration duration,
        boolean success) {}
