package dev.dovetail.transaction;

import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Messages in table {@code dovetail_outbox}. A number may be given again once its message is gone, so that only number and id
 * together name a message for good. Safe for use by several threads and several instances.
 */
final class OutboxTable {

    private static final String TABLE = "dovetail_outbox";
    private static final int LONGEST_ERROR = 1000;

    private final JdbcOperations jdbc;
    private final String insertion;
    private final String due;
    private final String failure;
    private final String delay;

    OutboxTable(JdbcOperations jdbc, SqlDialect sql) {
        this.jdbc = jdbc;
        String now = sql.currentMillis();
        this.insertion = """
                INSERT INTO dovetail_outbox (message_id, topic, payload, created_at, attempts, next_attempt_at)
                VALUES (?, ?, ?, %s, 0, 0)""".formatted(now);
        // The clock stands in a query of its own, as an index is not searched for what may change from row to row. Two
        // ranges of
        // the index, the second one for the time after the clock was set back.
        this.due = """
                SELECT id FROM (
                    SELECT * FROM (SELECT id, next_attempt_at FROM dovetail_outbox
                        WHERE next_attempt_at <= (SELECT %1$s) ORDER BY next_attempt_at, id LIMIT ?) AS due
                    UNION ALL
                    SELECT * FROM (SELECT id, next_attempt_at FROM dovetail_outbox
                        WHERE next_attempt_at > (SELECT %1$s + ?) ORDER BY next_attempt_at, id LIMIT ?) AS misdated
                ) AS found ORDER BY next_attempt_at, id""".formatted(now);
        String which = " WHERE id = ? AND message_id = ?";
        this.failure = "UPDATE dovetail_outbox SET attempts = attempts + 1, error = ?, next_attempt_at = " + now
                + " + ?" + which;
        this.delay = "UPDATE dovetail_outbox SET next_attempt_at = " + now + " + ?" + which;
    }

    void insert(String id, String topic, String payload) {
        OwnTables.using(TABLE, () -> jdbc.update(insertion, id, topic, payload));
    }

    /**
     * The numbers of messages that are to be delivered: those that were never tried, then those that have waited longest.
     *
     * @param longest further in the future than that nobody has put anything off
     */
    List<Long> due(int most, Duration longest) {
        return OwnTables.using(TABLE, () -> jdbc.queryForList(due, Long.class, most, longest.toMillis(), most));
    }

    /** The message of this number, if it is still there. */
    Optional<OutboxMessage> find(long number) {
        return jdbc
                .query(
                        "SELECT message_id, topic, payload, created_at, attempts FROM dovetail_outbox WHERE id = ?",
                        (row, index) -> new OutboxMessage(
                                row.getString("message_id"),
                                row.getString("topic"),
                                row.getString("payload"),
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                row.getInt("attempts") + 1),
                        number)
                .stream()
                .findFirst();
    }

    void remove(long number, String id) {
        jdbc.update("DELETE FROM dovetail_outbox WHERE id = ? AND message_id = ?", number, id);
    }

    /** Stores that the message could not be delivered, and when it is tried again. */
    void failed(long number, String id, Throwable error, Duration wait) {
        String name = error.getClass().getName();
        jdbc.update(failure, name.substring(0, Math.min(name.length(), LONGEST_ERROR)), wait.toMillis(), number, id);
    }

    /** Leaves the message alone for a while. */
    void delay(long number, String id, Duration wait) {
        jdbc.update(delay, wait.toMillis(), number, id);
    }
}
