package dev.dovetail.transaction;

import dev.dovetail.engine.SqlDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;

/**
 * Sagas in table {@code dovetail_saga}. Whoever runs one owns it for a while and renews that with each step; its token keeps out
 * whoever owned it before. What changes something does so in the caller's transaction. Safe for use by several threads and several
 * instances.
 */
final class SagaStore {

    private static final String TABLE = "dovetail_saga";
    private static final String COLUMNS = "id, name, state, payload, notes, completed, begun, token, attempts";
    private static final String OPEN = "state IN ('RUNNING', 'COMPENSATING')";
    private static final int LONGEST_ERROR = 1000;

    private final JdbcTemplate jdbc;
    private final String now;
    private final String abandoned;
    private final Duration ownership;

    /** @param ownership how long a step may take before another instance takes the saga over */
    SagaStore(JdbcTemplate jdbc, SqlDialect sql, Duration ownership) {
        this.jdbc = jdbc;
        // In a query of its own, as an index is not searched for what may change from row to row.
        this.now = "(SELECT " + sql.currentMillis() + ")";
        // The second case: it was written in what is the future since the clock was set back.
        this.abandoned =
                OPEN + " AND (owned_until < " + now + " OR updated_at - " + now + " > owned_until - updated_at)";
        this.ownership = ownership;
    }

    SagaRecord create(String id, String name, @Nullable String payload) {
        requireTransaction();
        String insertion = """
                INSERT INTO dovetail_saga
                    (id, name, state, payload, completed, token, owned_until, attempts, created_at, updated_at)
                VALUES (?, ?, 'RUNNING', ?, '', 1, %1$s + ?, 0, %1$s, %1$s)""".formatted(now);
        OwnTables.using(TABLE, () -> jdbc.update(insertion, id, name, payload, ownership.toMillis()));
        return new SagaRecord(id, name, SagaState.RUNNING, payload, Map.of(), List.of(), null, 1, 0);
    }

    private void requireTransaction() {
        if (!OwnTransaction.isActiveOn(jdbc)) {
            throw new IllegalTransactionStateException(
                    "A saga is stored in the transaction of its steps, and the transaction manager is not one of this data"
                            + " source: make that of the data source the primary one");
        }
    }

    /**
     * Stores how far the saga has come and owns it anew.
     *
     * @param before how far it had come
     * @throws OptimisticLockingFailureException if it had not, or if another instance has taken it over
     */
    void keep(SagaRecord before, SagaRecord after) {
        update(
                before,
                "state = ?, notes = ?, completed = ?, begun = ?, owned_until = " + now + " + ?",
                after.state().name(),
                SagaNotes.write(after.notes()),
                names(after),
                after.begun(),
                ownership.toMillis());
    }

    private static String names(SagaRecord saga) {
        return String.join("\n", saga.completed());
    }

    /** Stores why undoing a step failed, and leaves the saga to whoever comes first after the delay. */
    void postpone(SagaRecord saga, Throwable failure, Duration delay) {
        String error = failure.getClass().getName();
        update(
                saga,
                "attempts = ?, error = ?, owned_until = " + now + " + ?",
                saga.attempts() + 1,
                error.substring(0, Math.min(error.length(), LONGEST_ERROR)),
                delay.toMillis());
    }

    private void update(SagaRecord saga, String assignments, @Nullable Object... values) {
        List<@Nullable Object> arguments = new ArrayList<>(Arrays.asList(values));
        arguments.add(saga.id());
        arguments.add(saga.token());
        arguments.add(names(saga));
        int changed = jdbc.update(
                "UPDATE dovetail_saga SET " + assignments + ", updated_at = " + now
                        + " WHERE id = ? AND token = ? AND completed = ?",
                arguments.toArray());
        if (changed != 1) {
            throw new OptimisticLockingFailureException(
                    "Saga '%s' (%s) took longer than dovetail.saga.ownership and was taken over by another instance"
                            .formatted(saga.name(), saga.id()));
        }
    }

    /** Takes over a saga that nobody owns any more. */
    Optional<SagaRecord> takeOver(Collection<String> names) {
        String found = "SELECT id FROM dovetail_saga WHERE %s AND name IN (%s) ORDER BY owned_until, id LIMIT 1"
                .formatted(abandoned, places(names));
        String condition = "id = (" + found + ") AND " + abandoned;
        return OwnTables.using(TABLE, () -> own("token = token + 1", condition, names.toArray()));
    }

    /**
     * Owns the saga anew and tells how far it has come; empty if another instance owns it. Waits for a transaction that has changed
     * it and is still being committed, which only reading it does not.
     */
    Optional<SagaRecord> reclaim(SagaRecord saga) {
        return own("token = token", "id = ? AND token = ?", saga.id(), saga.token());
    }

    private Optional<SagaRecord> own(String assignment, String condition, Object... values) {
        List<Object> arguments = new ArrayList<>(List.of(ownership.toMillis()));
        arguments.addAll(Arrays.asList(values));
        String sql = "UPDATE dovetail_saga SET %s, updated_at = %s, owned_until = %s + ? WHERE %s RETURNING %s"
                .formatted(assignment, now, now, condition, COLUMNS);
        return jdbc.query(sql, (row, number) -> read(row), arguments.toArray()).stream()
                .findFirst();
    }

    private static String places(Collection<String> names) {
        return String.join(", ", names.stream().map(name -> "?").toList());
    }

    /** The names of sagas that nobody owns any more, without these. */
    List<String> abandonedOthers(Collection<String> names) {
        return jdbc.queryForList(
                "SELECT DISTINCT name FROM dovetail_saga WHERE %s AND name NOT IN (%s) ORDER BY name"
                        .formatted(abandoned, places(names)),
                String.class,
                names.toArray());
    }

    /** Removes sagas that ended longer ago than this; returns how many. */
    int removeEnded(Duration retention, int most) {
        return jdbc.update(
                "DELETE FROM dovetail_saga WHERE id IN (SELECT id FROM dovetail_saga WHERE state IN ('COMPLETED', 'COMPENSATED')"
                        + " AND updated_at < " + now + " - ? ORDER BY updated_at LIMIT ?)",
                retention.toMillis(),
                most);
    }

    /** The saga as it is stored. */
    Optional<SagaRecord> find(String id) {
        return jdbc
                .query("SELECT " + COLUMNS + " FROM dovetail_saga WHERE id = ?", (row, number) -> read(row), id)
                .stream()
                .findFirst();
    }

    private static SagaRecord read(ResultSet row) throws SQLException {
        String completed = row.getString("completed");
        return new SagaRecord(
                row.getString("id"),
                row.getString("name"),
                SagaState.valueOf(row.getString("state")),
                row.getString("payload"),
                SagaNotes.read(row.getString("notes")),
                completed.isEmpty() ? List.of() : List.of(completed.split("\n", -1)),
                row.getString("begun"),
                row.getLong("token"),
                row.getInt("attempts"));
    }
}
