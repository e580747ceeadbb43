package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.Severity;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters of the server, of which only what was added since the last look is news. */
class GrowthProbeTests {

    private static final double MEGABYTE = 1024.0 * 1024;

    private final TestDatabase database = PostgresServer.shared().newDatabase();
    private final List<Connection> open = new ArrayList<>();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = another();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection each : open) {
            each.close();
        }
    }

    private Connection another() throws SQLException {
        Connection opened = database.info().connect();
        open.add(opened);
        return opened;
    }

    private static void execute(Connection on, String... statements) throws SQLException {
        try (Statement statement = on.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static HealthProbe probe(String id) {
        return ServerProbes.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static double usual(HealthProbe probe) {
        return Objects.requireNonNull(probe.threshold()).value();
    }

    private long counted(String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT " + column + " FROM pg_stat_database WHERE datname = current_database()")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void deadlocks() throws Exception {
        execute(
                connection,
                "CREATE TABLE item (id int PRIMARY KEY, number int)",
                "INSERT INTO item VALUES (1, 0), (2, 0)");
        deadlock();
        Awaitility.await().until(() -> counted("deadlocks") == 1);
        HealthProbe any = probe("deadlocks");
        HealthProbe many = probe("deadlocks");
        // What happened before the first look is no news.
        assertThat(any.run(connection, 1)).isEmpty();
        assertThat(many.run(connection, usual(many))).isEmpty();

        deadlock();

        Awaitility.await().until(() -> counted("deadlocks") == 2);
        assertThat(any.run(connection, 1)).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo(database.info().database());
            assertThat(found.measured()).isEqualTo(1);
            assertThat(found.severity()).isEqualTo(Severity.LOW);
            assertThat(found.text()).contains("1 transactions because of deadlocks since the last look");
        });
        assertThat(many.run(connection, usual(many))).isEmpty();
        assertThat(any.run(connection, 0)).isEmpty();
    }

    private void deadlock() throws Exception {
        Connection one = another();
        Connection other = another();
        one.setAutoCommit(false);
        other.setAutoCommit(false);
        execute(one, "UPDATE item SET number = 1 WHERE id = 1");
        execute(other, "UPDATE item SET number = 2 WHERE id = 2");
        List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> waiting =
                OwnThread.run(() -> outcomes.add(outcome(one, "UPDATE item SET number = 1 WHERE id = 2")));
        outcomes.add(outcome(other, "UPDATE item SET number = 2 WHERE id = 1"));
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(outcomes).containsExactlyInAnyOrder("done", "40P01");
        for (Connection each : List.of(one, other)) {
            each.rollback();
            execute(each, "SELECT pg_stat_force_next_flush()");
            each.commit();
        }
    }

    private static String outcome(Connection on, String sql) {
        try {
            execute(on, sql);
            return "done";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void temporaryFiles() throws SQLException {
        HealthProbe some = probe("temporary-files");
        HealthProbe many = probe("temporary-files");
        spill();
        Awaitility.await().until(() -> counted("temp_bytes") > MEGABYTE);
        long before = counted("temp_bytes");
        assertThat(some.run(connection, MEGABYTE)).isEmpty();
        assertThat(many.run(connection, usual(many))).isEmpty();

        spill();

        Awaitility.await().until(() -> counted("temp_bytes") > before + MEGABYTE);
        assertThat(some.run(connection, MEGABYTE)).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo(database.info().database());
            assertThat(found.measured()).isGreaterThan(MEGABYTE);
            assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(found.text()).contains("MB into temporary files since the last look");
        });
        assertThat(many.run(connection, usual(many))).isEmpty();
        assertThat(some.run(connection, MEGABYTE)).isEmpty();
    }

    // About 11 MB in the order of their text, for which 64 kB are too little.
    private void spill() throws SQLException {
        execute(
                connection,
                "SET work_mem = '64kB'",
                "SELECT count(*) FROM (SELECT repeat('x', 100) || i FROM generate_series(1, 100000) i ORDER BY 1) sorted",
                "SELECT pg_stat_force_next_flush()");
    }

    @Test
    void countersThatWereResetAreNoGrowth() throws SQLException {
        HealthProbe some = probe("temporary-files");
        spill();
        Awaitility.await().until(() -> counted("temp_bytes") > MEGABYTE);
        assertThat(some.run(connection, 1)).isEmpty();
        try (Connection superuser = superuser()) {
            execute(superuser, "SELECT pg_stat_reset()");
        }
        Awaitility.await().until(() -> counted("temp_bytes") == 0);

        assertThat(some.run(connection, 1)).isEmpty();

        spill();
        Awaitility.await().until(() -> counted("temp_bytes") > MEGABYTE);
        assertThat(some.run(connection, 1)).hasSize(1);
    }

    private Connection superuser() throws SQLException {
        ConnectionInfo server = PostgresServer.shared().superuser();
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(server.host(), server.port(), database.info().database());
        return DriverManager.getConnection(url, server.username(), server.password());
    }
}
