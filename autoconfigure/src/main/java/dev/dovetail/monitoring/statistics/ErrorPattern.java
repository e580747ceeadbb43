package dev.dovetail.monitoring.statistics;

import dev.dovetail.engine.ErrorCode;
import java.util.List;

/**
 * An error of the database, how often it came, and of which statements.
 *
 * @param error what went wrong
 * @param count how often
 * @param statements those that failed, the most frequent first, 20 at most
 */
public record ErrorPattern(ErrorCode error, long count, List<FailedStatement> statements) {

    public ErrorPattern {
        statements = List.copyOf(statements);
    }

    /**
     * A statement that failed.
     *
     * @param id of its text
     * @param text without values
     * @param count how often it failed so
     */
    public record FailedStatement(String id, String text, long count) {}
}
