package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.EpochUnit;
import dev.dovetail.sql.SqlExpression;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a table's rows are kept.
 *
 * @param table its name, with or without its schema
 * @param column says when a row began to age
 * @param unit what the column counts, if it holds numbers; null where its type says by itself what it holds
 * @param maxAge older rows go
 * @param batchSize how many rows are deleted in one transaction at most
 * @param where which rows go, as SQL; null for all
 * @param pause how long others have the database to themselves between two transactions at least
 */
public record RetentionRule(
        String table,
        String column,
        @Nullable EpochUnit unit,
        Duration maxAge,
        int batchSize,
        @Nullable String where,
        Duration pause) {

    /** Where rules are configured, by table. */
    public static final String PROPERTY = "dovetail.optimizer.retention.";

    private static final int LARGEST_BATCH = 10_000;
    private static final Duration OLDEST = Duration.ofDays(365_000);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    /** @throws IllegalArgumentException if a value cannot work; the message begins with the name of its property */
    public RetentionRule {
        boolean ages = maxAge.compareTo(Duration.ZERO) > 0 && maxAge.compareTo(OLDEST) <= 0;
        require(ages, table, "max-age", "must be longer than 0 and at most " + OLDEST.toDays() + " days");
        require(!column.isBlank(), table, "column", "is missing: it says when a row began to age");
        require(batchSize > 0 && batchSize <= LARGEST_BATCH, table, "batch-size", "must be from 1 to " + LARGEST_BATCH);
        boolean pauses = !pause.isNegative() && pause.compareTo(LONGEST_PAUSE) <= 0;
        require(pauses, table, "pause", "must be from 0 to " + LONGEST_PAUSE.toMinutes() + " minute");
        String problem = where == null ? null : SqlExpression.problem(where);
        require(problem == null, table, "where", "must be one condition in SQL, but " + problem);
    }

    private static void require(boolean holds, String table, String part, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(property(table, part) + " " + problem);
        }
    }

    /** The full name of a rule's property, as it is to be written. */
    public static String property(String table, String part) {
        String base = PROPERTY.substring(0, PROPERTY.length() - 1);
        return (PLAIN.matcher(table).matches() ? base + "." + table : base + "[" + table + "]") + "." + part;
    }

    String property(String part) {
        return property(table, part);
    }
}
