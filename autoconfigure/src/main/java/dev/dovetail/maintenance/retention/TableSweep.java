package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is due in one table: reads the keys of the oldest rows on a connection of its own, then deletes them in short
 * transactions. Every row is met once, whatever becomes of it, so that it ends. Used by one thread.
 */
final class TableSweep {

    // So many errors in the log of a server are enough to see what is wrong.
    private static final int MOST_REFUSED = 1_000;
    private static final int MOST_RETRIES = 3;
    static final int ROWS_READ = 10_000;

    private final RetentionTarget target;
    private final Instant before;
    private final Sessions sessions;
    private final Stop stop;
    private final Function<SQLException, DatabaseError> describe;
    private final int maxRows;
    private final BatchSize size;
    private long deleted;
    private long refused;
    private int batches;
    private @Nullable String refusal;

    TableSweep(
            RetentionTarget target,
            Instant before,
            Sessions sessions,
            Stop stop,
            Function<SQLException, DatabaseError> describe,
            int maxParameters) {
        this.target = target;
        this.before = before;
        this.sessions = sessions;
        this.stop = stop;
        this.describe = describe;
        int reserved = operands().size();
        this.maxRows =
                Math.max(1, (maxParameters - reserved) / target.sql().key().size());
        this.size = new BatchSize(Math.min(target.rule().batchSize(), maxRows));
    }

    private List<Object> operands() {
        return target.sql().moments().operands().apply(before);
    }

    long deleted() {
        return deleted;
    }

    long refused() {
        return refused;
    }

    int batches() {
        return batches;
    }

    Duration longestBatch() {
        return size.longest();
    }

    /** Why a row had to stay; null if none had to. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Whether so many rows were refused that no more were tried. */
    boolean isGivenUp() {
        return refused >= MOST_REFUSED;
    }

    /** Deletes until nothing is due, too many rows are refused, or the application ends. */
    void run() throws SQLException {
        List<Object> last = List.of();
        boolean more = true;
        while (more && goesOn()) {
            List<Object> after = last;
            List<List<Object>> page = retried(() -> read(after));
            int from = 0;
            while (from < page.size() && goesOn()) {
                int to = Math.min(page.size(), from + size.rows());
                delete(page.subList(from, to));
                from = to;
            }
            more = page.size() == ROWS_READ;
            last = more ? page.get(page.size() - 1) : last;
        }
    }

    private boolean goesOn() {
        return !stop.isRequested() && !isGivenUp();
    }

    private List<List<Object>> read(List<Object> after) throws SQLException {
        return sessions.read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(target.sql().page(!after.isEmpty()))) {
                List<Object> values = new ArrayList<>(operands());
                values.addAll(after);
                values.add(ROWS_READ);
                bind(statement, values);
                return stop.running(statement, () -> rows(statement));
            }
        });
    }

    private List<List<Object>> rows(PreparedStatement statement) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= 1 + target.sql().key().size(); i++) {
                    row.add(Objects.requireNonNull(result.getObject(i), "a key"));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    // What refuses one row refuses the transaction: halved until the row is alone.
    private void delete(List<List<Object>> rows) throws SQLException {
        try {
            int gone = retried(() -> transaction(rows));
            deleted += gone;
            batches += gone > 0 ? 1 : 0;
        } catch (SQLException e) {
            DatabaseError error = describe.apply(e);
            if (!isRefusal(error.code())) {
                throw e;
            }
            if (rows.size() > 1) {
                int half = rows.size() / 2;
                deleteIfGoesOn(rows.subList(0, half));
                deleteIfGoesOn(rows.subList(half, rows.size()));
            } else {
                refused++;
                refusal = described(error);
            }
        }
    }

    // SQLite does not say whose foreign key it was.
    private String described(DatabaseError error) {
        boolean unnamed = error.code() == ErrorCode.FOREIGN_KEY_VIOLATION && error.table() == null;
        return unnamed && !target.referring().isEmpty()
                ? error.summary() + " Such rows can be in: " + String.join(", ", target.referring()) + "."
                : error.summary();
    }

    private void deleteIfGoesOn(List<List<Object>> rows) throws SQLException {
        if (goesOn()) {
            delete(rows);
        }
    }

    private static boolean isRefusal(ErrorCode code) {
        return switch (code) {
            case FOREIGN_KEY_VIOLATION, CONSTRAINT_VIOLATION, NOT_NULL_VIOLATION, CHECK_VIOLATION, UNIQUE_VIOLATION ->
                true;
            default -> false;
        };
    }

    private int transaction(List<List<Object>> rows) throws SQLException {
        long[] began = new long[1];
        try {
            return sessions.write(connection -> {
                began[0] = System.nanoTime();
                int places = places(rows.size());
                try (PreparedStatement statement =
                        connection.prepareStatement(target.sql().deletion(places))) {
                    bind(statement, keys(rows, places));
                    return stop.running(statement, statement::executeUpdate);
                }
            });
        } finally {
            Duration took = began[0] == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began[0]);
            size.took(took);
            Duration wanted = target.rule().pause();
            // Others are to have the database for half of the time at least.
            stop.pause(took.compareTo(wanted) > 0 ? took : wanted);
        }
    }

    // Few different numbers of places, so that there are few statements to be compiled.
    private int places(int rows) {
        int places = 1;
        while (places < rows) {
            places *= 2;
        }
        return Math.min(places, Math.max(rows, maxRows));
    }

    // Places that are left over name the last row again.
    private List<Object> keys(List<List<Object>> rows, int places) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            List<Object> row = rows.get(Math.min(i, rows.size() - 1));
            values.addAll(row.subList(1, row.size()));
        }
        values.addAll(operands());
        return values;
    }

    private <T> T retried(Stop.Execution<T> execution) throws SQLException {
        int failures = 0;
        while (true) {
            try {
                return execution.run();
            } catch (SQLException e) {
                failures++;
                if (failures > MOST_RETRIES
                        || stop.isRequested()
                        || !isChance(describe.apply(e).code())) {
                    throw e;
                }
            }
        }
    }

    // What waited for a lock or a connection has waited long enough.
    private static boolean isChance(ErrorCode code) {
        return code == ErrorCode.DEADLOCK || code == ErrorCode.SERIALIZATION_FAILURE;
    }

    static void bind(PreparedStatement statement, List<? extends @Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
