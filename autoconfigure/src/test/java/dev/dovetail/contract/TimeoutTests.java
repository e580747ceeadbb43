package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A limit stops the statement itself, on every engine, and nothing but that statement. */
@EngineContract
class TimeoutTests {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration TOO_LATE = Duration.ofMillis(2500);

    private static final SharedApplications applications = new SharedApplications();
    private static final SharedApplications limited = new SharedApplications(
            "dovetail.query-timeout=1s",
            "dovetail.sqlite.busy-timeout=300ms",
            "dovetail.postgresql.lock-timeout=300ms");

    private final TestEngine engine;
    private final TestApplication application;

    TimeoutTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
        limited.close();
    }

    @BeforeEach
    void createTable() {
        createTable(application);
    }

    private static void createTable(TestApplication application) {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY, quantity integer)");
        application.template().execute("INSERT INTO item VALUES (1, 1)");
    }

    @AfterEach
    void nothingIsInUse() {
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    private JdbcTemplate limitedTemplate(TestApplication on) {
        JdbcTemplate template = new JdbcTemplate(on.dataSource());
        template.setExceptionTranslator(on.template().getExceptionTranslator());
        template.setQueryTimeout((int) LIMIT.toSeconds());
        return template;
    }

    private void assertStopped(TestApplication on, Runnable slow) {
        long started = System.nanoTime();
        Throwable thrown = catchThrowable(slow::run);
        Duration took = Duration.ofNanos(System.nanoTime() - started);

        assertThat(thrown).isExactlyInstanceOf(QueryTimeoutException.class);
        assertThat(on.database().describe(thrown)).map(DatabaseError::code).contains(ErrorCode.QUERY_TIMEOUT);
        assertThat(took).isBetween(LIMIT.minusMillis(200), TOO_LATE);
        assertThat(on.template().queryForObject("SELECT quantity FROM item", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aStatementsOwnLimit() {
        assertStopped(application, () -> limitedTemplate(application).queryForList(engine.slowQuery()));
    }

    @Test
    void theLimitOfAPreparedStatement() {
        assertStopped(
                application, () -> limitedTemplate(application).queryForList(engine.slowQuery() + " WHERE 1 = ?", 1));
    }

    @Test
    void theLimitOfATransaction() {
        TransactionTemplate transaction = application.transaction();
        transaction.setTimeout((int) LIMIT.toSeconds());

        assertStopped(
                application,
                () -> transaction.executeWithoutResult(
                        status -> application.template().queryForList(engine.slowQuery())));
    }

    @Test
    void theLimitOfAll() {
        TestApplication short1 = limited.on(engine);
        createTable(short1);
        assertStopped(short1, () -> short1.template().queryForList(engine.slowQuery()));
    }

    @Test
    void whoAsksForMoreGetsTheLimitOfAll() {
        TestApplication short1 = limited.on(engine);
        createTable(short1);
        JdbcTemplate patient = limitedTemplate(short1);
        patient.setQueryTimeout(60);
        assertStopped(short1, () -> patient.queryForList(engine.slowQuery()));
    }

    @Test
    void aLimitBelowASecond() {
        try (TestApplication hasty = TestApplication.on(engine, "dovetail.query-timeout=300ms")) {
            long started = System.nanoTime();
            assertThatThrownBy(() -> hasty.template().queryForList(engine.slowQuery()))
                    .isExactlyInstanceOf(QueryTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LIMIT);
        }
    }

    @Test
    void aWriteThatIsStoppedDoomsItsTransaction() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
            application.template().update("UPDATE item SET quantity = 2");
            assertThatThrownBy(() -> limitedTemplate(application)
                            .update("UPDATE item SET quantity = (" + engine.slowQuery() + ")"))
                    .isExactlyInstanceOf(QueryTimeoutException.class);
        }));

        assertThat(application.database().describe(thrown))
                .map(DatabaseError::code)
                .contains(ErrorCode.TRANSACTION_ABORTED);
        assertThat(application.template().queryForObject("SELECT quantity FROM item", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void waitingForALockCountsToo() throws SQLException {
        try (Connection foreign = application.foreignConnection()) {
            lock(foreign);
            assertTimesOut(() -> limitedTemplate(application).update("UPDATE item SET quantity = 3"));
            assertTimesOut(() -> application
                    .transaction()
                    .executeWithoutResult(
                            status -> limitedTemplate(application).update("UPDATE item SET quantity = ?", 3)));
            foreign.rollback();
        }
        assertThat(application.template().update("UPDATE item SET quantity = 4"))
                .isEqualTo(1);
    }

    private static void assertTimesOut(Runnable work) {
        long started = System.nanoTime();
        assertThatThrownBy(work::run).isExactlyInstanceOf(QueryTimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(LIMIT.minusMillis(200), TOO_LATE);
    }

    // Takes the whole database on SQLite and one row on PostgreSQL.
    private static void lock(Connection foreign) throws SQLException {
        foreign.setAutoCommit(false);
        try (Statement statement = foreign.createStatement()) {
            statement.executeUpdate("UPDATE item SET quantity = 2 WHERE id = 1");
        }
    }

    @Test
    void aLockThatIsNotReleasedInTime() throws SQLException {
        TestApplication hasty = limited.on(engine);
        createTable(hasty);
        try (Connection foreign = hasty.foreignConnection()) {
            lock(foreign);
            assertLockTimeout(hasty, () -> hasty.template().update("UPDATE item SET quantity = 3"));
            assertLockTimeout(
                    hasty,
                    () -> hasty.transaction()
                            .executeWithoutResult(
                                    status -> hasty.template().update("UPDATE item SET quantity = ?", 3)));
            assertLockTimeout(hasty, () -> limitedTemplate(hasty).update("UPDATE item SET quantity = ?", 3));
            foreign.rollback();
        }
        assertThat(hasty.template().update("UPDATE item SET quantity = 4")).isEqualTo(1);
        hasty.transaction().executeWithoutResult(status -> hasty.template().update("UPDATE item SET quantity = 5"));
        assertThat(hasty.template().queryForObject("SELECT quantity FROM item", Integer.class))
                .isEqualTo(5);
    }

    private static void assertLockTimeout(TestApplication on, Runnable work) {
        long started = System.nanoTime();
        Throwable thrown = catchThrowable(work::run);
        Duration took = Duration.ofNanos(System.nanoTime() - started);

        assertThat(thrown).isExactlyInstanceOf(CannotAcquireLockException.class);
        assertThat(on.database().describe(thrown)).map(DatabaseError::code).contains(ErrorCode.LOCK_TIMEOUT);
        assertThat(took).isBetween(Duration.ofMillis(200), Duration.ofMillis(900));
    }

    @Test
    void readingSlowlyIsNotRunningSlowly() throws Exception {
        TestApplication hasty = limited.on(engine);
        createTable(hasty);
        for (int id = 2; id <= 5; id++) {
            hasty.template().update("INSERT INTO item VALUES (?, 1)", id);
        }
        int rows = 0;
        try (Connection connection = hasty.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT id FROM item ORDER BY id");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows++;
                Thread.sleep(LIMIT.toMillis() / 3);
            }
        }
        assertThat(rows).isEqualTo(5);
    }

    @Test
    void theStatementsAfterOneThatWasStoppedAreNot() throws SQLException {
        try (Connection connection = application.dataSource().getConnection();
                Statement slow = connection.createStatement();
                Statement fast = connection.createStatement()) {
            slow.setQueryTimeout(1);
            assertThatThrownBy(() -> slow.executeQuery(engine.slowQuery())).isInstanceOf(SQLException.class);
            for (int i = 0; i < 500; i++) {
                try (ResultSet result = fast.executeQuery("SELECT quantity FROM item")) {
                    assertThat(result.next()).isTrue();
                }
            }
        }
    }

    @Test
    void aNegativeLimitIsRefused() throws SQLException {
        try (Connection connection = application.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            assertThatThrownBy(() -> statement.setQueryTimeout(-1)).isInstanceOf(SQLException.class);
            statement.setQueryTimeout(7);
            assertThat(statement.getQueryTimeout()).isEqualTo(7);
        }
    }
}
