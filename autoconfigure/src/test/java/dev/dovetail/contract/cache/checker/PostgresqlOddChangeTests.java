package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The same for what only PostgreSQL has: results that change rows, functions, schemas, settings of a session. */
class PostgresqlOddChangeTests extends OddChangeContract {

    PostgresqlOddChangeTests() {
        super(TestEngine.POSTGRESQL);
    }

    @Test
    void aRowThatIsChangedThroughItsResult() throws SQLException {
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
    void aSchemaThatOnlyOneConnectionHas() throws SQLException {
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

    @Test
    void aStatementThatOutlastedAChangeOfTheSchemaIsNoSuchChangeItself() throws SQLException {
        execute("DROP TABLE IF EXISTS mark");
        execute("CREATE TABLE mark AS SELECT 1 AS id, 0 AS version");
        try (Connection locking = application.foreignConnection();
                Statement lock = locking.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(78)");
            CompletableFuture<Void> slow = OwnThread.run(
                    () -> execute("UPDATE item SET version = 1 WHERE pg_advisory_xact_lock(78) IS NOT NULL"));
            Awaitility.await()
                    .until(() ->
                            direct("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
            execute("CREATE TABLE IF NOT EXISTS another (id bigint)");
            application.transaction().executeWithoutResult(status -> {
                execute("UPDATE mark SET version = version + 1");
                unlock(lock);
                slow.join();
                OwnThread.run(() -> cached("other")).join();
            });
        }
        long hits = cache.hits();
        cached("other");
        assertThat(cache.hits()).isEqualTo(hits + 1);
    }

    private static void unlock(Statement statement) {
        try {
            statement.execute("SELECT pg_advisory_unlock(78)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
            return Objects.requireNonNull(cache.<String>get(
                    sql, () -> application.jdbc().sql(sql).query(String.class).single()));
        }));
    }

    @Test
    void aFunctionThatMaintenanceCalls() throws SQLException {
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

    @Test
    void aFunctionThatMakesAViewAnew() {
        execute("""
                CREATE OR REPLACE FUNCTION remake() RETURNS integer LANGUAGE plpgsql AS
                $$ BEGIN DROP VIEW seen; CREATE VIEW seen AS SELECT id, version FROM other; RETURN 1; END $$""");
        assertThat(cached("seen")).isZero();
        direct("SELECT remake()");
        assertThat(cached("seen")).isEqualTo(100);
        execute("UPDATE other SET version = 101");
        assertThat(cached("seen")).isEqualTo(101);
    }

    @Test
    void aFunctionThatMakesATrigger() {
        execute("""
                CREATE OR REPLACE FUNCTION also() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE other SET version = version + 1; RETURN NULL; END $$""");
        execute("""
                CREATE OR REPLACE FUNCTION make_trigger() RETURNS integer LANGUAGE plpgsql AS
                $$ BEGIN EXECUTE format('CREATE TRIGGER also AFTER UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION also()', 'item');
                   RETURN 1; END $$""");
        execute("UPDATE item SET version = version + 1");
        assertThat(cached("other")).isEqualTo(100);
        application.transaction().executeWithoutResult(status -> {
            direct("SELECT make_trigger()");
            execute("UPDATE item SET version = version + 1");
        });
        assertThat(cached("other")).isEqualTo(101);
        execute("UPDATE item SET version = version + 1");
        assertThat(cached("other")).isEqualTo(102);
    }

    @Test
    void aTriggerMadeAfterTheSnapshot() throws SQLException {
        execute("""
                CREATE OR REPLACE FUNCTION also() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE other SET version = version + 1; RETURN NULL; END $$""");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            statement.executeQuery("SELECT 1 FROM other").close();
            execute("CREATE TRIGGER also AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION also()");
            assertNothingOldIsKept();
            statement.executeUpdate("UPDATE item SET version = version + 1");
            connection.commit();
        }
        assertNothingOldIsKept();
        execute("UPDATE item SET version = version + 1");
        assertThat(stored("other")).isEqualTo(102);
    }

    @Test
    void aSnapshotOfAnother() throws SQLException {
        try (Connection exporting = repeatableRead();
                Statement statement = exporting.createStatement()) {
            String id;
            try (ResultSet result = statement.executeQuery("SELECT pg_export_snapshot()")) {
                result.next();
                id = result.getString(1);
            }
            execute("UPDATE item SET version = version + 1");
            try (Connection importing = repeatableRead();
                    Statement set = importing.createStatement()) {
                set.execute("SET TRANSACTION SNAPSHOT '" + id + "'");
                readOn(importing, "item");
            }
        }
    }

    @Test
    void aZoneThatIsSetBehindAComment() throws SQLException {
        execute("DROP TABLE IF EXISTS moment");
        execute("CREATE TABLE moment AS SELECT 1 AS id, timestamptz '2024-01-01 12:00:00Z' AS at");
        String sql = "SELECT extract(hour FROM at)::bigint FROM moment";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("/* here */ SET TIME ZONE 'Asia/Tokyo'");
            JdbcClient same = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            cache.<Long>get(sql, () -> same.sql(sql).query(Long.class).single());
            assertThat(number(sql)).isNotEqualTo(21);
        } finally {
            execute("DROP TABLE moment");
        }
    }

    @Test
    void aZoneOfOneTransaction() {
        execute("DROP TABLE IF EXISTS moment");
        execute("CREATE TABLE moment AS SELECT timestamptz '2024-01-01 12:00:00Z' AS at");
        String sql = "SELECT extract(hour FROM at)::bigint FROM moment";
        application.readOnlyTransaction().executeWithoutResult(status -> {
            application
                    .jdbc()
                    .sql("SELECT set_config('TimeZone', 'Asia/Tokyo', true)")
                    .query(String.class)
                    .single();
            number(sql);
        });
        assertThat(number(sql)).isEqualTo(direct(sql));
        try {
            application.readOnlyTransaction().executeWithoutResult(status -> {
                assertThat(number(sql)).isEqualTo(direct(sql));
                application.template().execute("SET LOCAL TIME ZONE 'Asia/Tokyo'");
            });
        } finally {
            execute("DROP TABLE moment");
        }
    }

    @Test
    void aSearchPathByFunction() {
        execute("DROP SCHEMA IF EXISTS tenant CASCADE");
        execute("CREATE SCHEMA tenant");
        execute("CREATE TABLE tenant.item AS SELECT 1 AS id, 777 AS version");
        execute("UPDATE item SET version = version + 1");
        application.readOnlyTransaction().executeWithoutResult(status -> {
            application
                    .jdbc()
                    .sql("SELECT set_config('search_path', 'tenant', true)")
                    .query(String.class)
                    .single();
            cached("item");
        });
        assertNothingOldIsKept();
        execute("DROP SCHEMA tenant CASCADE");
    }

    @Test
    void aFunctionThatRunsWhenChangesAreFirstFollowed() throws Exception {
        try (TestApplication fresh = TestApplication.with(application.databaseProperties())) {
            execute("""
                    CREATE OR REPLACE FUNCTION slow() RETURNS bigint LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_advisory_lock(77); UPDATE item SET version = 60; RETURN pg_advisory_unlock(77)::int; END $$""");
            TestCache mine = null;
            CompletableFuture<Void> slow;
            try (Connection connection = application.foreignConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(77)");
                slow = OwnThread.run(() ->
                        fresh.jdbc().sql("SELECT slow()").query(Long.class).single());
                Awaitility.await()
                        .until(() -> direct("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                == 1);
                mine = new TestCache(fresh.dataSource().versions());
                TestCache used = mine;
                Awaitility.await().until(() -> {
                    long hits = used.hits();
                    used.<Long>get(
                            "item",
                            () -> fresh.jdbc()
                                    .sql("SELECT version FROM item WHERE id = 1")
                                    .query(Long.class)
                                    .single());
                    return used.hits() > hits;
                });
            }
            slow.join();
            assertThat(mine.<Long>get(
                            "item",
                            () -> fresh.jdbc()
                                    .sql("SELECT version FROM item WHERE id = 1")
                                    .query(Long.class)
                                    .single()))
                    .isEqualTo(60);
        }
    }

    private long number(String sql) {
        return Objects.requireNonNull(cache.<Long>get(sql, () -> direct(sql)));
    }

    private long direct(String sql) {
        return application.jdbc().sql(sql).query(Long.class).single();
    }
}
