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
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Sagas in table {@code dovetail_saga}. Whoever runs one owns it for a while and renews that with each step; its token keeps out
 * whoever owned it before. Safe for use by several threads and several instances.
 */
final class SagaStore {

    private static final String COLUMNS = "id, name, state, payload, notes, completed, token, attempts";
    private static final int LONGEST_ERROR = 1000;

    private final JdbcOperations jdbc;
    private final String now;
    private final Duration ownership;

    /** @param ownership how long a step may take before another instance takes the saga over */
    SagaStore(JdbcOperations jdbc, SqlDialect sql, Duration ownership) {
        this.jdbc = jdbc;
        this.now = sql.currentMillis();
        this.ownership = ownership;
    }

    SagaRecord create(String id, String name, @Nullable String payload) {
        jdbc.update(
                "INSERT INTO dovetail_saga (id, name, state, payload, completed, token, owned_until, attempts, created_at,"
                        + " updated_at) VALUES (?, ?, 'RUNNING', ?, '', 1, " + now + " + ?, 0, " + now + ", " + now
                        + ")",
                id,
                name,
                payload,
                ownership.toMillis());
        return new SagaRecord(id, name, SagaState.RUNNING, payload, Map.of(), List.of(), 1, 0);
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
                "state = ?, notes = ?, completed = ?, owned_until = " + now + " + ?",
                after.state().name(),
                SagaNotes.write(after.notes()),
                names(after),
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
        String places = String.join(", ", names.stream().map(name -> "?").toList());
        String free = "state IN ('RUNNING', 'COMPENSATING') AND owned_until < " + now;
        List<Object> arguments = new ArrayList<>();
        arguments.add(ownership.toMillis());
        arguments.addAll(names);
        return jdbc
                .query(
                        "UPDATE dovetail_saga SET token = token + 1, owned_until = " + now
                                + " + ? WHERE id = (SELECT id FROM"
                                + " dovetail_saga WHERE " + free + " AND name IN (" + places
                                + ") ORDER BY owned_until, id LIMIT 1) AND " + free + " RETURNING " + COLUMNS,
                        (row, number) -> read(row),
                        arguments.toArray())
                .stream()
                .findFirst();
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
                row.getLong("token"),
                row.getInt("attempts"));
    }
}
