package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.test.PostgresServer;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What only a server can tell about our connections. */
class PostgresqlPoolTests {

    private static final SharedApplications applications =
            new SharedApplications("spring.application.name=pool-test", "spring.datasource.hikari.maximum-pool-size=3");

    private final TestApplication application = applications.on(TestEngine.POSTGRESQL);

    @AfterAll
    static void stop() {
        applications.close();
    }

    @Test
    void thePoolNeverExceedsItsSize() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(10);
        try (Connection observer = application.foreignConnection();
                PreparedStatement sessions = observer.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pool-test'")) {
            List<Future<?>> queries = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                queries.add(executor.submit(() -> application.template().queryForList("SELECT pg_sleep(0.2)")));
            }
            int most = 0;
            while (!queries.stream().allMatch(Future::isDone)) {
                most = Math.max(most, number(sessions));
            }
            for (Future<?> each : queries) {
                each.get();
            }
            assertThat(most).isEqualTo(3);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aConnectionWhoseServerHungUpIsReplaced() throws SQLException {
        application.template().execute("CREATE TABLE IF NOT EXISTS stock (id integer PRIMARY KEY, quantity integer)");
        application.template().update("INSERT INTO stock VALUES (1, 0) ON CONFLICT DO NOTHING");
        try (Connection connection = application.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE stock SET quantity = 7 WHERE id = 1");
                hangUp(session(statement));
                assertThatThrownBy(() -> statement.executeUpdate("UPDATE stock SET quantity = 8 WHERE id = 1"))
                        .isInstanceOf(SQLException.class);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(application.template().queryForObject("SELECT quantity FROM stock WHERE id = 1", Integer.class))
                    .isZero();
        }
    }

    @Test
    void aSettingOfOneConnectionIsToldUntilThatOneHasItBack() throws SQLException {
        try (TestApplication two =
                TestApplication.on(TestEngine.POSTGRESQL, "spring.datasource.hikari.maximum-pool-size=2")) {
            Connection changed = taken(two, "SET lock_timeout = '1s'");
            Connection other = taken(two, "SELECT 1");
            changed.close();
            assertThat(differing(two)).containsExactly("lock_timeout");

            // From now on the other one is asked.
            changed = taken(two, "SELECT 1");
            other.close();
            assertThat(differing(two)).containsExactly("lock_timeout");

            other = taken(two, "SELECT 1");
            try (Statement statement = changed.createStatement()) {
                statement.execute("RESET lock_timeout");
            }
            changed.close();
            assertThat(differing(two)).isEmpty();
            other.close();
        }
    }

    private static Connection taken(TestApplication application, String sql) throws SQLException {
        Connection connection = application.dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private static List<String> differing(TestApplication application) {
        return application.database().info().settings().stream()
                .filter(each -> !each.asExpected())
                .map(AppliedSetting::name)
                .toList();
    }

    private static int session(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    // Only this one: others that were used a moment ago are not looked at before they are handed out.
    private static void hangUp(int session) throws SQLException {
        try (Connection superuser = PostgresServer.shared().superuser().connect();
                PreparedStatement statement = superuser.prepareStatement("SELECT pg_terminate_backend(?, 5000)")) {
            statement.setInt(1, session);
            statement.executeQuery().close();
        }
    }

    private static int number(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    @Test
    void aQueryThatIsRepeatedIsPreparedOnTheServer() throws SQLException {
        try (Connection connection = application.dataSource().getConnection()) {
            for (int i = 0; i < 6; i++) {
                try (PreparedStatement statement = connection.prepareStatement("SELECT 4711 + ?")) {
                    statement.setInt(1, i);
                    statement.executeQuery().close();
                }
            }
            try (PreparedStatement prepared = connection.prepareStatement(
                    "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 4711%'")) {
                assertThat(number(prepared)).isEqualTo(1);
            }
        }
    }

    @Test
    void theServersOwnConfigurationIsReported() {
        assertThat(application.database().info().runtime())
                .containsOnlyKeys(
                        "server_version",
                        "max_connections",
                        "shared_buffers",
                        "effective_cache_size",
                        "work_mem",
                        "maintenance_work_mem",
                        "wal_level",
                        "max_wal_size")
                .doesNotContainValue("");
    }

    @Test
    void aProceduresCallIsToldOnce() throws SQLException {
        application.template().execute("""
                CREATE OR REPLACE PROCEDURE double_it(INOUT n integer) LANGUAGE plpgsql AS
                $$ BEGIN n := 2 * n; END $$""");
        application.statements();
        try (Connection connection = application.dataSource().getConnection();
                CallableStatement call = connection.prepareCall("CALL double_it(?)")) {
            call.setInt(1, 21);
            call.registerOutParameter(1, Types.INTEGER);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(42);
        }
        assertThat(application.statements()).extracting(StatementEvent::sql).containsExactly("CALL double_it(?)");
    }
}
