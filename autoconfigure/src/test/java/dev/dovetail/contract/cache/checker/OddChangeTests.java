package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What changes without a statement that says so, and statements whose tables are others when they run. */
@EngineContract
class OddChangeTests {

    private static final String VERSION = "SELECT version FROM %s WHERE id = 1";

    private static final SharedApplications applications = SharedApplications.withTables(CheckedRepositories.class, "");

    private final TestEngine engine;
    private final TestApplication application;
    private final TestCache cache;

    OddChangeTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.cache = new TestCache(application.dataSource().versions());
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void create() {
        application.define("""
                DROP VIEW IF EXISTS seen;
                DROP TABLE IF EXISTS item;
                DROP TABLE IF EXISTS other;
                CREATE TABLE item (id ${bigint} PRIMARY KEY, version ${bigint} NOT NULL) ${strict};
                CREATE TABLE other (id ${bigint} PRIMARY KEY, version ${bigint} NOT NULL) ${strict};
                INSERT INTO item VALUES (1, 0);
                INSERT INTO other VALUES (1, 100);
                CREATE VIEW seen AS SELECT id, version FROM item;
                """);
        assertNothingOldIsKept();
    }

    @AfterEach
    void assertNothingOldIsKept() {
        for (String table : new String[] {"item", "other", "seen"}) {
            assertThat(cached(table))
                    .as("%s, compared with the database", table)
                    .isEqualTo(stored(table));
        }
    }

    private long cached(String table) {
        return Objects.requireNonNull(cache.<Long>get(table, () -> stored(table)));
    }

    private long stored(String table) {
        return application
                .jdbc()
                .sql(VERSION.formatted(table))
                .query(Long.class)
                .single();
    }

    private void execute(String sql) {
        application.template().execute(sql);
    }

    private Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    private Connection repeatableRead() throws SQLException {
        Connection connection = connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        return connection;
    }

    private void readOn(Connection connection, String table) {
        JdbcClient same = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        cache.<Long>get(
                table, () -> same.sql(VERSION.formatted(table)).query(Long.class).single());
    }

    @Test
    void aRowThatIsChangedThroughItsResult() throws SQLException {
        assumeTrue(engine == TestEngine.POSTGRESQL, "SQLite's results cannot be changed");
        try (Connection connection = connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet result = statement.executeQuery("SELECT id, version FROM item")) {
            assertThat(result.next()).isTrue();
            result.updateLong("version", 9);
            result.updateRow();
        }
        assertThat(stored("item")).isEqualTo(9);
    }

    @Test
    void aRowThatIsChangedThroughItsResultInATransaction() throws SQLException {
        assumeTrue(engine == TestEngine.POSTGRESQL, "SQLite's results cannot be changed");
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet result = statement.executeQuery("SELECT id, version FROM item")) {
                assertThat(result.next()).isTrue();
                result.deleteRow();
                result.moveToInsertRow();
                result.updateLong("id", 1);
                result.updateLong("version", 10);
                result.insertRow();
            }
            cached("item");
            connection.commit();
        }
        assertThat(stored("item")).isEqualTo(10);
    }

    @Test
    void aSnapshotThatBeginsWithoutAStatement() throws SQLException {
        try (Connection connection = repeatableRead()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, null, "item", null)) {
                assertThat(tables.next()).isTrue();
            }
            execute("UPDATE item SET version = version + 1");
            readOn(connection, "item");
        }
    }

    @Test
    void aSnapshotThatIsOlderThanACommit() throws SQLException {
        try (Connection connection = repeatableRead()) {
            readOn(connection, "other");
            execute("UPDATE item SET version = version + 1");
            readOn(connection, "item");
        }
    }

    @Test
    void aViewThatIsMadeAnew() {
        execute("DROP VIEW seen");
        execute("CREATE VIEW seen AS SELECT id, version FROM other");
        assertThat(cached("seen")).isEqualTo(100);
        execute("UPDATE other SET version = 101");
        assertThat(cached("seen")).isEqualTo(101);
    }

    @Test
    void aTableThatIsRenamedAndIsNotAfterAll() {
        application.transaction().executeWithoutResult(status -> {
            execute("DROP VIEW seen");
            execute("ALTER TABLE item RENAME TO older");
            execute("ALTER TABLE other RENAME TO item");
            execute("UPDATE item SET version = 50");
            status.setRollbackOnly();
        });
        assertThat(cached("item")).isZero();
        execute("UPDATE item SET version = 1");
    }

    @Test
    void aTableThatIsRenamed() {
        application.transaction().executeWithoutResult(status -> {
            execute("DROP VIEW seen");
            execute("ALTER TABLE item RENAME TO older");
            execute("ALTER TABLE other RENAME TO item");
            execute("ALTER TABLE older RENAME TO other");
            execute("CREATE VIEW seen AS SELECT id, version FROM other");
            execute("UPDATE item SET version = 50");
        });
        assertThat(cached("item")).isEqualTo(50);
        execute("UPDATE other SET version = 1");
    }

    @Test
    void aTemporaryTableOfTheSameName() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE item (id integer PRIMARY KEY, version integer NOT NULL)");
            try {
                statement.execute("INSERT INTO item VALUES (1, 777)");
                assertThat(cached("item")).isZero();
                statement.execute(
                        (engine == TestEngine.SQLITE ? "UPDATE main." : "UPDATE public.") + "item SET version = 1");
                readOn(connection, "item");
                assertNothingOldIsKept();
            } finally {
                statement.execute("DROP TABLE " + (engine == TestEngine.SQLITE ? "temp." : "pg_temp.") + "item");
            }
        }
    }

    @Test
    void aSchemaThatOnlyOneConnectionHas() throws SQLException {
        assumeTrue(engine == TestEngine.POSTGRESQL, "SQLite has no schemas");
        execute("DROP SCHEMA IF EXISTS tenant CASCADE");
        execute("CREATE SCHEMA tenant");
        execute("CREATE TABLE tenant.item AS SELECT 1 AS id, 777 AS version");
        execute("UPDATE item SET version = version + 1");
        try (Connection connection = connect()) {
            connection.setSchema("tenant");
            readOn(connection, "item");
            connection.setSchema("public");
        }
    }

    @Test
    void aTriggerThatWasMadeWhileTheStatementWaited() throws SQLException {
        assumeTrue(engine == TestEngine.POSTGRESQL, "SQLite's transactions do not wait for the schema");
        execute("""
                CREATE OR REPLACE FUNCTION also() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE other SET version = version + 1; RETURN NULL; END $$""");
        execute("UPDATE item SET version = version + 1");
        CompletableFuture<Void> waiting;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TRIGGER also AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION also()");
            waiting = OwnThread.run(() -> application.transaction().executeWithoutResult(status -> {
                execute("UPDATE item SET version = version + 1");
                OwnThread.run(this::assertNothingOldIsKept).join();
            }));
            awaitWaiting();
            connection.commit();
        }
        waiting.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(stored("other")).isEqualTo(101);
    }

    private void awaitWaiting() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long waiting;
        do {
            waiting = application
                    .jdbc()
                    .sql("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'item'::regclass")
                    .query(Long.class)
                    .single();
        } while (waiting == 0 && System.nanoTime() - deadline < 0);
        assertThat(waiting).isPositive();
    }

    @Test
    void whatDependsOnTheSession() {
        assumeTrue(engine == TestEngine.POSTGRESQL, "SQLite has no settings of a session");
        assertThat(readOf("SELECT current_setting('app.tenant', true)", "SET app.tenant = 'one'"))
                .isNotEqualTo(readOf("SELECT current_setting('app.tenant', true)", "SET app.tenant = 'two'"));
        execute(
                "CREATE OR REPLACE VIEW tenants AS SELECT version || current_setting('app.tenant', true) AS v FROM item");
        assertThat(readOf("SELECT v FROM tenants", "SET app.tenant = 'one'"))
                .isNotEqualTo(readOf("SELECT v FROM tenants", "SET app.tenant = 'two'"));
        execute("DROP VIEW tenants");
    }

    private String readOf(String sql, String setting) {
        return Objects.requireNonNull(application.readOnlyTransaction().execute(status -> {
            execute(setting);
            return cache.<String>get(
                    sql, () -> application.jdbc().sql(sql).query(String.class).single());
        }));
    }

    @Test
    void aFunctionThatMaintenanceCalls() throws SQLException {
        assumeTrue(engine == TestEngine.POSTGRESQL, "SQLite has no functions of its own");
        execute("""
                CREATE OR REPLACE FUNCTION migrate() RETURNS integer LANGUAGE plpgsql AS
                $$ BEGIN UPDATE item SET version = 60; RETURN 1; END $$""");
        assertNothingOldIsKept();
        try (Connection connection = application.dataSource().maintenance().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT migrate()")) {
            assertThat(result.next()).isTrue();
        }
        assertThat(cached("item")).isEqualTo(60);
    }
}
