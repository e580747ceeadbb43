package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** The same mistake is the same error on every engine, whichever way the statement came. */
@EngineContract
class ErrorParityTests {

    private static final SharedApplications applications = new SharedApplications();

    private final TestEngine engine;
    private final TestApplication application;

    ErrorParityTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        execute("DROP TABLE IF EXISTS item");
        execute("DROP TABLE IF EXISTS parent");
        execute("DROP TABLE IF EXISTS kept");
        execute("CREATE TABLE parent (id integer PRIMARY KEY)" + engine.strict());
        execute("""
                CREATE TABLE item (
                    id integer PRIMARY KEY,
                    code text NOT NULL UNIQUE CHECK (length(code) < 30),
                    a integer,
                    b integer,
                    quantity integer CONSTRAINT item_quantity_positive CHECK (quantity > 0),
                    parent_id integer REFERENCES parent,
                    UNIQUE (a, b))""" + engine.strict());
        execute("CREATE TABLE kept (id integer PRIMARY KEY)");
        execute(engine.refuseDeletion("kept"));
        execute("INSERT INTO parent VALUES (1)");
        execute("INSERT INTO kept VALUES (1)");
        execute("INSERT INTO item VALUES (1, 'SECRET-1', 77002, 77003, 1, 1)");
    }

    private void execute(String sql) {
        application.template().execute(sql);
    }

    @ParameterizedTest
    @EnumSource
    void throughJdbcClient(Failure failure) {
        check(
                failure,
                catchThrowable(() -> application
                        .jdbc()
                        .sql(failure.sql)
                        .params(failure.parameters)
                        .update()));
    }

    @ParameterizedTest
    @EnumSource
    void throughJdbcTemplate(Failure failure) {
        check(failure, catchThrowable(() -> application.template().update(positional(failure), values(failure))));
    }

    @ParameterizedTest
    @EnumSource
    void throughABatch(Failure failure) {
        NamedParameterJdbcTemplate template = new NamedParameterJdbcTemplate(application.template());
        SqlParameterSource[] batch = {new MapSqlParameterSource(failure.parameters)};

        Throwable thrown = catchThrowable(() -> template.batchUpdate(failure.sql, batch));

        check(failure, thrown);
    }

    @ParameterizedTest
    @EnumSource
    void throughPlainJdbc(Failure failure) throws SQLException {
        try (Connection connection = application.dataSource().getConnection()) {
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> run(connection, failure));

            assertThat(application.database().describe(thrown))
                    .map(DatabaseError::code)
                    .contains(failure.code);
            if (failure.sqlState != null) {
                assertThat(thrown.getSQLState()).startsWith(failure.sqlState);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void inATransactionThatIsThenRolledBack(Failure failure) {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
            execute("INSERT INTO parent VALUES (2)");
            application.jdbc().sql(failure.sql).params(failure.parameters).update();
        }));

        check(failure, thrown);
        assertThat(count("parent")).isEqualTo(1);
    }

    private void run(Connection connection, Failure failure) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(positional(failure))) {
            Object[] values = values(failure);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String positional(Failure failure) {
        return NamedParameterUtils.substituteNamedParameters(
                NamedParameterUtils.parseSqlStatement(failure.sql), new MapSqlParameterSource(failure.parameters));
    }

    private static Object[] values(Failure failure) {
        return NamedParameterUtils.buildValueArray(failure.sql, failure.parameters);
    }

    private long count(String table) {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private void check(Failure failure, Throwable thrown) {
        assertThat(thrown).isExactlyInstanceOf(failure.exception);
        DatabaseError error = application.database().describe(thrown).orElseThrow();
        assertThat(error.code()).isEqualTo(failure.code);
        assertThat(secrets(failure)).noneMatch(String.valueOf(thrown.getMessage())::contains);
        assertThat(NestedExceptionUtils.getRootCause(thrown)).isInstanceOf(SQLException.class);
        assertThat(thrown.getCause())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo(error.sqlState()));
        if (failure.table != null) {
            assertThat(error.table()).isEqualTo(failure.table);
            assertThat(error.columns()).isEqualTo(failure.columns);
        }
        if (failure.constraint != null) {
            assertThat(error.constraint()).isEqualTo(failure.constraint);
        }
    }

    // What the statement's own text says is no secret.
    private static List<String> secrets(Failure failure) {
        return failure.parameters.values().stream()
                .map(String::valueOf)
                .filter(value -> value.length() > 1 && !failure.sql.contains(value))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedBatchLeavesNothing(boolean prepared) {
        Throwable thrown = catchThrowable(() -> insert(prepared, 2, 1, 3));

        assertThat(thrown.getCause()).isInstanceOf(BatchUpdateException.class);
        assertThat(describe(thrown).code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
        assertThat(count("parent")).isEqualTo(1);
        insert(prepared, 2, 3);
        assertThat(count("parent")).isEqualTo(3);
    }

    private void insert(boolean prepared, Integer... ids) {
        if (prepared) {
            List<Object[]> rows = Stream.of(ids).map(id -> new Object[] {id}).toList();
            application.template().batchUpdate("INSERT INTO parent VALUES (?)", rows);
        } else {
            application
                    .template()
                    .batchUpdate(Stream.of(ids)
                            .map(id -> "INSERT INTO parent VALUES (" + id + ")")
                            .toArray(String[]::new));
        }
    }

    @Test
    void whatIsBeyondTheEnginesLimits() {
        Throwable thrown = catchThrowable(() -> application.template().queryForList(engine.oversized()));

        assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessResourceUsageException.class);
        assertThat(application.database().describe(thrown))
                .map(DatabaseError::code)
                .contains(ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void aPlainStatementsErrorIsAsPrecise() {
        for (String sql :
                List.of("INSERT INTO item (id, code) VALUES (9, 'SECRET-1')", "INSERT INTO nowhere VALUES (1)")) {
            Throwable updated = catchThrowable(() -> application.template().update(sql));
            Throwable executed = catchThrowable(() -> application.template().execute(sql));
            Throwable batched = catchThrowable(() -> application.template().batchUpdate(sql));

            assertThat(List.of(describe(executed), describe(batched))).containsOnly(describe(updated));
            assertThat(describe(updated).code()).isIn(ErrorCode.UNIQUE_VIOLATION, ErrorCode.UNKNOWN_TABLE);
        }
    }

    private DatabaseError describe(Throwable thrown) {
        return application.database().describe(thrown).orElseThrow();
    }
}
