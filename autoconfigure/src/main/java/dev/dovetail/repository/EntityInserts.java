package dev.dovetail.repository;

import dev.dovetail.datasource.LoadingConnection;
import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.jdbc.core.convert.InsertSubject;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.relational.core.conversion.IdValueSource;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.support.JdbcAccessor;

/**
 * Inserts many new aggregate roots at once. Ids that the database generates are taken before: neither an order of rows nor
 * of keys has to be relied on. Safe for use by several threads.
 */
final class EntityInserts {

    // Below, asking whether the table can be loaded costs more than is won.
    private static final int FEWEST_TO_LOAD = 100;

    private final EntityTables tables;
    private final DatabaseEngine engine;
    private final JdbcOperations jdbc;

    EntityInserts(EntityTables tables, DatabaseEngine engine, JdbcOperations jdbc) {
        this.tables = tables;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /**
     * Inserts all of them, or none.
     *
     * @return their ids, of which each is null if the database does not generate them; null altogether if they must be
     *     inserted in the usual way, which has not begun then
     * @throws IncorrectResultSizeDataAccessException if a trigger or a rule of the database kept rows away; outside a transaction
     *     the others are stored
     */
    <T> @Nullable Object @Nullable [] insert(List<InsertSubject<T>> subjects, Class<T> type, IdValueSource ids) {
        for (InsertSubject<T> subject : subjects) {
            if (subject.getIdentifier().size() > 0) {
                return null;
            }
        }
        EntityTable<T> table = tables.of(type, ids);
        if (table == null) {
            return null;
        }
        List<Long> numbers = List.of();
        if (ids == IdValueSource.GENERATED) {
            numbers = numbers(table, subjects.size());
            if (numbers.size() != subjects.size()) {
                return null;
            }
        }
        List<@Nullable Object[]> rows = rows(table, subjects, numbers);
        String load = rows.size() < FEWEST_TO_LOAD ? null : loadStatement(table, !numbers.isEmpty());
        long stored = load != null
                ? load(new Load(new BulkLoad(load, table.columns(), plain(rows), 0), secondsLeft()))
                : stored(jdbc.batchUpdate(
                        table.insert(numbers.isEmpty() ? "" : engine.sql().givenKeys()),
                        new Rows(rows, table.types())));
        // What a view's trigger does with a row no engine counts.
        if (stored != rows.size() && !table.table().view()) {
            throw new IncorrectResultSizeDataAccessException(
                    "Table \"%s\" took %d rows, but stored %d: a trigger or a rule of the database kept the others away"
                            .formatted(table.table().name(), rows.size(), stored),
                    rows.size(),
                    (int) stored);
        }
        return numbers.isEmpty() ? new Object[rows.size()] : numbers.toArray();
    }

    private long load(Load load) {
        return Objects.requireNonNull(jdbc.execute(load));
    }

    // Of rows that went together in one statement a driver may only know that it succeeded.
    private static long stored(int[] counts) {
        return Arrays.stream(counts)
                .map(count -> count == Statement.SUCCESS_NO_INFO ? 1 : count)
                .sum();
    }

    private List<Long> numbers(EntityTable<?> table, int count) {
        ColumnInfo id = table.numberedColumn();
        if (id == null) {
            return List.of();
        }
        // Outside a transaction a single writer keeps nobody else from taking them before the rows are there.
        ConnectionCallback<List<Long>> allocation = connection ->
                connection.getAutoCommit() && engine.capabilities().singleWriter()
                        ? List.of()
                        : OperationContext.own(() -> engine.sql().allocateKeys(connection, table.table(), id, count));
        return Objects.requireNonNull(jdbc.execute(allocation));
    }

    private static <T> List<@Nullable Object[]> rows(
            EntityTable<T> table, List<InsertSubject<T>> subjects, List<Long> numbers) {
        List<@Nullable Object[]> rows = new ArrayList<>(subjects.size());
        for (InsertSubject<T> subject : subjects) {
            @Nullable Object[] row = table.values(subject.getInstance());
            if (!numbers.isEmpty()) {
                row[table.idPlace()] = table.number(numbers.get(rows.size()));
            }
            rows.add(row);
        }
        return rows;
    }

    private @Nullable String loadStatement(EntityTable<?> table, boolean allocated) {
        ConnectionCallback<Optional<String>> question = connection -> connection.isWrapperFor(LoadingConnection.class)
                ? Optional.ofNullable(engine.loadStatement(connection, table.table(), table.columns(), allocated))
                : Optional.empty();
        return Objects.requireNonNull(jdbc.execute(question)).orElse(null);
    }

    // A load knows the types of its columns.
    private static List<@Nullable Object[]> plain(List<@Nullable Object[]> rows) {
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] instanceof JdbcValue converted) {
                    row[i] = converted.getValue();
                }
            }
        }
        return rows;
    }

    // As JdbcTemplate has it for statements.
    private int secondsLeft() {
        return jdbc instanceof JdbcAccessor accessor ? LoadingConnection.secondsLeft(accessor.getDataSource()) : 0;
    }

    private record Load(BulkLoad load, int timeoutSeconds) implements ConnectionCallback<Long>, SqlProvider {

        @Override
        public Long doInConnection(Connection connection) throws SQLException {
            return connection.unwrap(LoadingConnection.class).load(load, timeoutSeconds);
        }

        @Override
        public String getSql() {
            return load.sql();
        }
    }

    private record Rows(List<@Nullable Object[]> rows, List<SQLType> types) implements BatchPreparedStatementSetter {

        @Override
        public void setValues(PreparedStatement statement, int index) throws SQLException {
            @Nullable Object[] row = rows.get(index);
            for (int i = 0; i < row.length; i++) {
                if (row[i] instanceof JdbcValue converted) {
                    set(statement, i + 1, converted.getValue(), converted.getJdbcType());
                } else {
                    set(statement, i + 1, row[i], types.get(i));
                }
            }
        }

        private static void set(PreparedStatement statement, int index, @Nullable Object value, @Nullable SQLType type)
                throws SQLException {
            Integer number = type == null ? null : type.getVendorTypeNumber();
            StatementCreatorUtils.setParameterValue(
                    statement, index, number == null ? SqlTypeValue.TYPE_UNKNOWN : number, value);
        }

        @Override
        public int getBatchSize() {
            return rows.size();
        }
    }
}
