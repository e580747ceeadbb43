package dev.dovetail.transaction;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.SqlDialect;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * How much of sagas and outbox is not finished, for monitoring: asked of the database each time. What cannot be told is not a
 * number; it is not asked again where there are no tables for it. Safe for use by several threads and several instances.
 */
public final class Backlog {

    private static final double MILLIS = 1000;
    private static final String OPEN = "state IN ('RUNNING', 'COMPENSATING')";

    private final JdbcOperations jdbc;
    private final SqlDialect sql;
    private volatile boolean missing;

    public Backlog(JdbcOperations jdbc, SqlDialect sql) {
        this.jdbc = jdbc;
        this.sql = sql;
    }

    /** Messages that are not delivered yet; those beyond 10,000 are not counted. */
    public double waitingMessages() {
        return ask(() -> "SELECT count(*) FROM (SELECT 1 FROM dovetail_outbox LIMIT 10000) AS waiting");
    }

    /** Seconds since the oldest of them was stored; 0 without one. */
    public double ageOfOldestMessage() {
        return ask(() -> "SELECT " + sql.currentMillis() + " - created_at FROM dovetail_outbox ORDER BY id LIMIT 1")
                / MILLIS;
    }

    /** Sagas that are neither completed nor undone. */
    public double openSagas() {
        return ask(() -> "SELECT count(*) FROM dovetail_saga WHERE " + OPEN);
    }

    /** Those of them that nobody owns or that could not be undone so far. */
    public double stuckSagas() {
        return ask(() -> "SELECT count(*) FROM dovetail_saga WHERE " + OPEN
                + " AND (attempts > 0 OR owned_until < (SELECT " + sql.currentMillis() + "))");
    }

    private double ask(Supplier<String> question) {
        if (missing) {
            return Double.NaN;
        }
        try {
            @Nullable
            Long answer = OperationContext.health(
                    () -> jdbc.query(question.get(), rows -> rows.next() ? rows.getLong(1) : 0));
            return answer == null ? 0 : answer;
        } catch (BadSqlGrammarException | UnsupportedOperationException e) {
            missing = true;
            return Double.NaN;
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }
}
