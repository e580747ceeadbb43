package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresqlSessionTests {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL", "DISCARD ALL", "SELECT 1"})
    void settingsAreTheSessionsDefaults(String statement) throws SQLException {
        PostgresqlEngine engine =
                new PostgresqlEngine(TestSettings.with(Map.of("work_mem", "64MB", "my.key", "a b\\c")));
        try (Connection connection = open(engine, "", ConnectionRole.WRITER)) {
            execute(connection, "SET statement_timeout = '1h'; SET work_mem = '1MB'; SET application_name = 'x'");
            execute(connection, "RESET ALL");
            execute(connection, statement);

            assertThat(show(connection, "statement_timeout")).isEqualTo("30s");
            assertThat(show(connection, "lock_timeout")).isEqualTo("10s");
            assertThat(show(connection, "idle_in_transaction_session_timeout")).isEqualTo("1min");
            assertThat(show(connection, "work_mem")).isEqualTo("64MB");
            assertThat(show(connection, "my.key")).isEqualTo("a b\\c");
            assertThat(show(connection, "application_name")).isEqualTo("badges");
            assertThat(engine.drift(connection)).isEmpty();
        }
    }

    @Test
    void maintenanceRunsWithoutLimitsWhateverTheUrlSays() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());
        String url = "?socketTimeout=1&queryTimeout=1&options=-c%20statement_timeout%3D100";
        try (Connection connection = open(engine, url, ConnectionRole.MAINTENANCE)) {
            assertThat(show(connection, "statement_timeout")).isEqualTo("0");
            assertThat(show(connection, "idle_in_transaction_session_timeout")).isEqualTo("0");
            assertThat(show(connection, "lock_timeout")).isEqualTo("10s");
            assertThat(connection.getNetworkTimeout()).isZero();
            execute(connection, "SELECT pg_sleep(1.2)");
            assertThat(engine.drift(connection)).isEmpty();
        }
    }

    @Test
    void theSocketWaitsALittleLongerThanTheStatementMayRun() throws SQLException {
        PostgresqlEngine engine =
                new PostgresqlEngine(TestSettings.withTimeouts(Duration.ofMillis(1500), Duration.ofSeconds(1)));
        PostgresqlEngine unlimited = new PostgresqlEngine(new PostgresqlSettings(
                List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Map.of(), null));

        assertThat(networkTimeout(engine, "")).isEqualTo(12_000);
        assertThat(networkTimeout(engine, "?options=-c%20statement_timeout%3D5min"))
                .isEqualTo(310_000);
        assertThat(networkTimeout(engine, "?socketTimeout=3")).isEqualTo(3_000);
        assertThat(networkTimeout(unlimited, "")).isZero();
    }

    @Test
    void theUrlsOwnOptionsWinAndAreNoDrift() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(TestSettings.with(Map.of("work_mem", "64MB")));
        String url = "?ApplicationName=mine&options=-c%20statement_timeout%3D90s%20-c%20work_mem%3D2048kB";
        try (Connection connection = open(engine, url, ConnectionRole.WRITER)) {
            assertThat(show(connection, "statement_timeout")).isEqualTo("90s");
            assertThat(show(connection, "work_mem")).isEqualTo("2MB");
            assertThat(show(connection, "lock_timeout")).isEqualTo("10s");
            assertThat(show(connection, "application_name")).isEqualTo("mine");
            assertThat(engine.drift(connection)).isEmpty();
        }
    }

    @Test
    void theServerListsTheApplicationsName() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());
        ConnectionTarget target = target("", "rozet-kaydı-".repeat(9));
        try (EngineConnections connections = engine.connect(target);
                Connection connection = connections.open(ConnectionRole.WRITER)) {
            assertThat(text(connection, "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
                    .startsWith("rozet-kayd\\xc4\\xb1-rozet");
            assertThat(engine.drift(connection)).isEmpty();
        }
    }

    @Test
    void theServerStopsAStatementThatRunsTooLong() throws SQLException {
        PostgresqlEngine engine =
                new PostgresqlEngine(TestSettings.withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(1)));
        try (Connection connection = open(engine, "", ConnectionRole.WRITER)) {
            long start = System.nanoTime();

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(connection, "SELECT pg_sleep(5)"))
                    .satisfies(e -> assertThat(engine.classify(e).code()).isEqualTo(ErrorCode.QUERY_TIMEOUT));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void describesTheServer() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(TestSettings.with(
                Map.of("work_mem", "65536", "jit", "no", "random_page_cost", "1.10", "Search_Path", "public")));
        try (Connection connection = open(engine, "", ConnectionRole.WRITER)) {
            DatabaseInfo info = engine.describe(connection);

            assertThat(info.engine()).isEqualTo("postgresql");
            assertThat(info.flavour()).isEqualTo("PostgreSQL");
            assertThat(info.version())
                    .isEqualTo(show(connection, "server_version"))
                    .matches("[0-9.]+");
            assertThat(info.capabilities()).isEqualTo(Capabilities.STANDARD);
            assertThat(info.runtime())
                    .containsOnlyKeys(
                            "server_version",
                            "max_connections",
                            "shared_buffers",
                            "effective_cache_size",
                            "work_mem",
                            "maintenance_work_mem",
                            "wal_level",
                            "max_wal_size")
                    .containsEntry("work_mem", "64MB")
                    .containsEntry("wal_level", "replica");
            assertThat(info.settings())
                    .allSatisfy(setting -> assertThat(setting.asExpected()).isTrue());
            assertThat(info.settings())
                    .extracting(AppliedSetting::name, AppliedSetting::expected)
                    .contains(
                            tuple("work_mem", "64MB"),
                            tuple("jit", "off"),
                            tuple("search_path", "public"),
                            tuple("idle_in_transaction_session_timeout", "1min"));
        }
    }

    @Test
    void tellsWhatHasDrifted() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(TestSettings.with(Map.of("work_mem", "64MB")));
        try (Connection connection = open(engine, "", ConnectionRole.WRITER)) {
            execute(connection, "SET statement_timeout = 0; SET work_mem = '1MB'");

            assertThat(engine.drift(connection))
                    .extracting(AppliedSetting::name, AppliedSetting::expected, AppliedSetting::actual)
                    .containsExactlyInAnyOrder(
                            tuple("statement_timeout", "30000ms", "0"), tuple("work_mem", "64MB", "1MB"));
        }
    }

    @Test
    void aConnectionOpenedElsewhereIsMeasuredByTheSettings() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            assertThat(engine.drift(connection))
                    .extracting(AppliedSetting::name)
                    .containsExactlyInAnyOrder(
                            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout");
        }
    }

    @Test
    void aServerWithoutTheViewIsStillDescribed() throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(TestSettings.with(Map.of("work_mem", "64MB")));
        // A temporary view hides the catalogue's, as if the product had another one.
        try (Connection connection = open(engine, "", ConnectionRole.WRITER)) {
            execute(connection, "CREATE TEMPORARY VIEW pg_settings AS SELECT 1 AS nothing");
            execute(connection, "CREATE TEMPORARY VIEW pg_extension AS SELECT 1 AS nothing");
            execute(connection, "SET search_path = pg_temp, pg_catalog, public");

            DatabaseInfo info = engine.describe(connection);

            assertThat(info.runtime()).containsKeys("max_connections", "server_version");
            assertThat(info.settings())
                    .filteredOn(setting -> setting.name().equals("statement_timeout"))
                    .allMatch(AppliedSetting::asExpected);
            assertThat(info.flavour()).isEqualTo("PostgreSQL");
        }
    }

    @ParameterizedTest
    @EnumSource(ConnectionRole.class)
    void noTextOfAConnectionHoldsThePassword(ConnectionRole role) throws SQLException {
        PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());
        ConnectionTarget target = new ConnectionTarget(
                "postgres://postgres:s3cr3t@localhost:%d/postgres?sslpassword=s3cr3t".formatted(server.getPort()),
                null,
                null,
                "badges");
        try (EngineConnections connections = engine.connect(target);
                Connection connection = connections.open(role)) {
            assertThat(connections.url())
                    .isEqualTo("jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort()));
            assertThat(connections + connection.getMetaData().getURL() + engine + target + connection)
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void theDriversPropertiesAreOursUnlessTheUrlSaysOtherwise() {
        Map<String, String> defaults = plan("").properties();
        Map<String, String> own = plan("?connectTimeout=1&reWriteBatchedInserts=false&logServerErrorDetail=true")
                .properties();

        assertThat(defaults)
                .containsEntry("connectTimeout", "5")
                .containsEntry("loginTimeout", "10")
                .containsEntry("cancelSignalTimeout", "2")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("reWriteBatchedInserts", "true")
                .containsEntry("defaultRowFetchSize", "1000")
                .containsEntry("logServerErrorDetail", "false")
                .containsEntry("flushCacheOnDdl", "true")
                .doesNotContainKeys("targetServerType", "sslmode", "password");
        assertThat(own)
                .containsEntry("connectTimeout", "1")
                .containsEntry("reWriteBatchedInserts", "false")
                .containsEntry("logServerErrorDetail", "true");
        assertThat(plan(PostgresqlUrl.parse("jdbc:postgresql://a,b/x")).properties())
                .containsEntry("targetServerType", "primary");
        assertThat(plan("").toString()).doesNotContain("options");
    }

    private static ConnectionPlan plan(String query) {
        return plan(PostgresqlUrl.parse("jdbc:postgresql://localhost/x" + query));
    }

    private static ConnectionPlan plan(PostgresqlUrl url) {
        return ConnectionPlan.of(url, ConnectionRole.WRITER, "badges", PostgresqlSettings.defaults(), null);
    }

    private static int networkTimeout(PostgresqlEngine engine, String query) throws SQLException {
        try (Connection connection = open(engine, query, ConnectionRole.WRITER)) {
            return connection.getNetworkTimeout();
        }
    }

    private static Connection open(PostgresqlEngine engine, String query, ConnectionRole role) throws SQLException {
        try (EngineConnections connections = engine.connect(target(query, "badges"))) {
            return connections.open(role);
        }
    }

    private static ConnectionTarget target(String query, String applicationName) {
        String url = "jdbc:postgresql://localhost:%d/postgres%s".formatted(server.getPort(), query);
        return new ConnectionTarget(url, "postgres", null, applicationName);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static @Nullable String show(Connection connection, String setting) throws SQLException {
        return text(connection, "SHOW " + setting);
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        return ServerQuery.text(connection, sql);
    }
}
