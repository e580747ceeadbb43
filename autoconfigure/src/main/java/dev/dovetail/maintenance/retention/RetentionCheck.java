package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EpochUnit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rule means for the rows that are there; only reads. Used by one thread. */
final class RetentionCheck {

    // Rows of a living application are from between these two.
    private static final Instant EARLY = Instant.parse("2000-01-01T00:00:00Z");
    private static final String UNREADABLE = "the database refuses to delete by it";
    private static final Duration FUTURE = Duration.ofDays(40 * 365);

    private final DatabaseEngine engine;
    private final RetentionTarget target;
    private final RetentionSql sql;
    private final Instant before;
    private final Sessions sessions;
    private final Stop stop;

    RetentionCheck(DatabaseEngine engine, RetentionTarget target, Instant before, Sessions sessions, Stop stop) {
        this.engine = engine;
        this.target = target;
        this.sql = target.sql();
        this.before = before;
        this.sessions = sessions;
        this.stop = stop;
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> T query(String text, List<? extends @Nullable Object> values, Reading<T> reading) throws SQLException {
        return sessions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                TableSweep.bind(statement, values);
                return stop.running(statement, () -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return reading.of(rows);
                    }
                });
            }
        });
    }

    private List<Object> operands() {
        return sql.moments().operands().apply(before);
    }

    /**
     * Has the database read the statements, without running them.
     *
     * @throws InvalidRetentionException if it does not understand the condition, or the column cannot be what the rule says
     */
    void requireValid() throws SQLException {
        boolean all = target.rule().where() == null;
        explain(
                sql.count(),
                operands(),
                all ? "column" : "where",
                all ? UNREADABLE : "this is no condition on the table");
        List<@Nullable Object> keyAndMoment =
                new ArrayList<>(Collections.nCopies(sql.key().size(), (@Nullable Object) null));
        keyAndMoment.addAll(operands());
        explain(sql.deletion(1), keyAndMoment, "column", UNREADABLE);
        requireFittingUnit();
        requireMoments();
    }

    private void explain(String text, List<? extends @Nullable Object> values, String part, String problem)
            throws SQLException {
        try {
            query("EXPLAIN " + text, values, ResultSet::next);
        } catch (SQLException e) {
            if (engine.isOutage(engine.classify(e)) || engine.isTransient(engine.classify(e))) {
                throw e;
            }
            throw new InvalidRetentionException(target.rule().property(part), problem, e);
        }
    }

    /**
     * A unit that is too large makes every row look like one of January 1970.
     *
     * @throws InvalidRetentionException if the newest row makes sense in another unit only
     */
    void requireFittingUnit() throws SQLException {
        EpochUnit unit = target.rule().unit();
        if (unit == null) {
            return;
        }
        requireFitting(unit, sql.largest(), List.of(), "the newest row");
        // The newest one may be of a time that means "never", in any unit.
        requireFitting(unit, sql.largestDue(), operands(), "the newest row that would go");
    }

    private void requireFitting(EpochUnit unit, String text, List<Object> values, String which) throws SQLException {
        Optional<Object> largest =
                query(text, values, row -> Optional.ofNullable(row.next() ? row.getObject(1) : null));
        if (!(largest.orElse("") instanceof Number number)) {
            return;
        }
        long count = number.longValue();
        Optional<EpochUnit> other = Arrays.stream(EpochUnit.values())
                .filter(each -> isPlausible(each, count))
                .findFirst();
        if (other.isPresent() && !isPlausible(unit, count)) {
            throw new InvalidRetentionException(
                    target.rule().property("unit"),
                    "%s of table \"%s\" makes sense in %s, not in %s"
                            .formatted(which, target.table().name(), word(other.get()), word(unit)),
                    null);
        }
    }

    private boolean isPlausible(EpochUnit unit, long count) {
        try {
            Instant moment = unit.moment(count);
            return moment.isAfter(EARLY)
                    && moment.isBefore(before.plus(target.rule().maxAge()).plus(FUTURE));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String word(EpochUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private void requireMoments() throws SQLException {
        Strange strange = strange();
        if (strange.all() > 0 && strange.all() == strange.count()) {
            throw new InvalidRetentionException(
                    target.rule().property("column"),
                    "no row of table \"%s\" has a moment in column \"%s\"; if it holds numbers, say in which unit"
                            .formatted(target.table().name(), target.column().name()),
                    null);
        }
    }

    private record Strange(long all, long count) {}

    private Strange strange() throws SQLException {
        String text = sql.strange();
        return text == null
                ? new Strange(0, 0)
                : query(text, List.of(), row -> {
                    row.next();
                    return new Strange(row.getLong(1), row.getLong(2));
                });
    }

    /** What is to be put in order. */
    List<String> warnings() throws SQLException {
        requireFittingUnit();
        List<String> warnings = new ArrayList<>();
        long strange = strange().count();
        if (strange > 0) {
            warnings.add("%d row(s) stay, because what they have in column \"%s\" is no moment."
                    .formatted(strange, target.column().name()));
        }
        String index = target.missingIndex();
        if (index != null) {
            warnings.add("Every " + TableSweep.ROWS_READ + " rows the whole table is read, since no index begins with"
                    + " this column. Create one in a migration: " + index);
        }
        return warnings;
    }

    /** How many rows are due. */
    long count() throws SQLException {
        return query(sql.count(), operands(), row -> row.next() ? row.getLong(1) : 0L);
    }

    /**
     * When the oldest row was that the condition is about; null if there is none, or it does not say.
     *
     * @param due whether rows that are due count
     */
    @Nullable
    Instant oldest(boolean due) throws SQLException {
        Optional<Object> stored = query(
                sql.oldest(due),
                due ? List.of() : operands(),
                row -> Optional.ofNullable(row.next() ? engine.read(row, 1) : null));
        try {
            return stored.map(sql.moments().reading()).orElse(null);
        } catch (RuntimeException e) {
            // Of PostgreSQL's, for example, what was since ever.
            return null;
        }
    }
}
